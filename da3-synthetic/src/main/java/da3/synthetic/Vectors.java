package da3.synthetic;

import da3.geometry.check.Check;
import da3.geometry.math.Vec3;

/** Operations on directions and bounds that {@link Vec3} does not have. */
final class Vectors {

    static final Vec3 UP = new Vec3(0, 1, 0);

    private Vectors() {}

    /**
     * Returns the unit vector in the direction of {@code v}.
     *
     * @throws IllegalArgumentException if it has no direction
     */
    static Vec3 unit(Vec3 v) {
        double norm = v.norm();
        if (!(norm > 0) || !Double.isFinite(norm)) {
            throw Check.invalid("a direction", "finite and not zero", v);
        }
        return v.times(1 / norm);
    }

    static Vec3 min(Vec3 a, Vec3 b) {
        return new Vec3(Math.min(a.x(), b.x()), Math.min(a.y(), b.y()), Math.min(a.z(), b.z()));
    }

    static Vec3 max(Vec3 a, Vec3 b) {
        return new Vec3(Math.max(a.x(), b.x()), Math.max(a.y(), b.y()), Math.max(a.z(), b.z()));
    }

    static double component(Vec3 v, int axis) {
        return axis == 0 ? v.x() : axis == 1 ? v.y() : v.z();
    }

    /** Returns a unit vector perpendicular to a unit vector. */
    static Vec3 perpendicular(Vec3 unit) {
        return unit(Math.abs(unit.y()) < 0.9 ? unit.cross(UP) : unit.cross(new Vec3(1, 0, 0)));
    }
}
