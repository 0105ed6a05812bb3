package da3.synthetic;

import da3.geometry.math.Vec3;

/** A surface that rays can hit, from both sides. */
public sealed interface Surface permits Parallelogram, Box, Sphere, Cylinder {

    Texture texture();

    /**
     * Returns the first intersection of a ray beyond {@code from}, in lengths of its direction; infinity if there is
     * none.
     */
    double intersect(Ray ray, double from);

    /** Returns the unit normal at a point of the surface; it points outward if the surface is closed. */
    Vec3 normal(Vec3 point);

    /** Returns the texture coordinates of a point of the surface; see {@link Texture}. */
    Vec3 coordinates(Vec3 point);

    /** Returns the corner of the axis-aligned bounds with the smallest coordinates. */
    Vec3 min();

    /** Returns the corner of the axis-aligned bounds with the largest coordinates. */
    Vec3 max();
}
