package da3.synthetic;

import da3.geometry.math.Vec3;

/** A shape that rays meet. Both sides of it are seen. */
public sealed interface Surface permits Parallelogram, Box, Sphere, Cylinder {

    Texture texture();

    /** Where a ray first meets it, in lengths of the ray's direction, above {@code from}; infinity where it does not. */
    double intersect(Ray ray, double from);

    /** Unit normal at one of its points; outward where there is an outside. */
    Vec3 normal(Vec3 point);

    /** One of its points in the coordinates that {@link Texture} speaks of. */
    Vec3 coordinates(Vec3 point);

    /** The corner of its axis-aligned bounds with the least coordinates. */
    Vec3 least();

    /** The corner of its axis-aligned bounds with the greatest coordinates. */
    Vec3 greatest();
}
