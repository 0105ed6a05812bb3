package da3.synthetic.solid;

/** Where a ray met a solid. Written anew by every ray, so that no ray allocates. */
final class Hit {

    /** Index of the solid, or -1 if none was met. */
    int solid;
    /** In lengths of the ray's direction. */
    double t;
    /** 0 to 5: low and high x, y and z; round sides by where they mostly face. */
    int face;
    /** Meters along the face. */
    double u;

    double v;
    /** Unit normal in the world, towards the ray's origin. */
    double nx;

    double ny;
    double nz;
}
