package da3.synthetic;

import da3.geometry.math.Vec3;

/**
 * A ray: the points {@code origin + t * direction} with positive t.
 *
 * @param direction of any positive length, which is the unit of t
 */
public record Ray(Vec3 origin, Vec3 direction) {

    public Vec3 at(double t) {
        return origin.plus(direction.times(t));
    }
}
