package da3.synthetic;

import da3.geometry.math.Vec3;

/**
 * The points {@code origin + t * direction}, t above 0.
 *
 * @param direction of any length above 0; t is measured in it
 */
public record Ray(Vec3 origin, Vec3 direction) {

    public Vec3 at(double t) {
        return origin.plus(direction.times(t));
    }
}
