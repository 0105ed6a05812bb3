package da3.synthetic.solid;

/** The intersection of a ray with a solid. Reused for every ray to avoid allocation. */
final class Hit {

    /** Index of the solid, or -1 if none was hit. */
    int solid;
    /** Distance in lengths of the direction of the ray. */
    double t;
    /** Face from 0 to 5: low and high x, y and z; points on round sides have the face of their dominant direction. */
    int face;
    /** Texture coordinates (u, v) in meters. */
    double u;

    double v;
    /** Unit normal in world axes, toward the origin of the ray. */
    double nx;

    double ny;
    double nz;
}
