package da3.synthetic;

import da3.geometry.math.Vec3;

/** What directions and boxes need beyond {@link Vec3}. */
final class Vectors {

    static final Vec3 UP = new Vec3(0, 1, 0);

    private Vectors() {}

    /** @throws IllegalArgumentException if the vector has no direction */
    static Vec3 unit(Vec3 v) {
        double norm = v.norm();
        if (!(norm > 0) || !Double.isFinite(norm)) {
            throw new IllegalArgumentException("a direction is " + v + "; legal: finite and not zero");
        }
        return v.times(1 / norm);
    }

    static Vec3 least(Vec3 a, Vec3 b) {
        return new Vec3(Math.min(a.x(), b.x()), Math.min(a.y(), b.y()), Math.min(a.z(), b.z()));
    }

    static Vec3 greatest(Vec3 a, Vec3 b) {
        return new Vec3(Math.max(a.x(), b.x()), Math.max(a.y(), b.y()), Math.max(a.z(), b.z()));
    }

    static double component(Vec3 v, int axis) {
        return axis == 0 ? v.x() : axis == 1 ? v.y() : v.z();
    }

    /** Some unit vector at a right angle to a unit vector. */
    static Vec3 perpendicular(Vec3 unit) {
        return unit(Math.abs(unit.y()) < 0.9 ? unit.cross(UP) : unit.cross(new Vec3(1, 0, 0)));
    }

    /** @throws IllegalArgumentException unless the length is finite and above 0 */
    static void requirePositive(String name, double meters) {
        if (!(meters > 0) || !Double.isFinite(meters)) {
            throw new IllegalArgumentException(name + " is " + meters + "; legal: above 0");
        }
    }
}
