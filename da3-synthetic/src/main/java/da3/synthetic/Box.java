package da3.synthetic;

import da3.geometry.check.Check;
import da3.geometry.math.Vec3;

/**
 * An upright box.
 *
 * @param center center of the box
 * @param size full lengths of the sides
 * @param yaw rotation about the y axis, radians, counterclockwise as seen from above
 */
public record Box(Vec3 center, Vec3 size, double yaw, Texture texture) implements Surface {

    public Box {
        Check.positive("width of a box", size.x());
        Check.positive("height of a box", size.y());
        Check.positive("depth of a box", size.z());
    }

    /** Returns a box whose underside is centered at {@code foot}. */
    public static Box standing(Vec3 foot, Vec3 size, double yaw, Texture texture) {
        return new Box(foot.plus(new Vec3(0, size.y() / 2, 0)), size, yaw, texture);
    }

    @Override
    public double intersect(Ray ray, double from) {
        Vec3 o = toBoxAxes(ray.origin().minus(center));
        Vec3 d = toBoxAxes(ray.direction());
        double enter = Double.NEGATIVE_INFINITY;
        double leave = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            double half = Vectors.component(size, axis) / 2;
            double origin = Vectors.component(o, axis);
            double direction = Vectors.component(d, axis);
            if (direction == 0) {
                if (Math.abs(origin) > half) {
                    return Double.POSITIVE_INFINITY;
                }
                continue;
            }
            double a = (-half - origin) / direction;
            double b = (half - origin) / direction;
            enter = Math.max(enter, Math.min(a, b));
            leave = Math.min(leave, Math.max(a, b));
        }
        if (enter > leave || leave <= from) {
            return Double.POSITIVE_INFINITY;
        }
        return enter > from ? enter : leave;
    }

    @Override
    public Vec3 normal(Vec3 point) {
        Vec3 p = toBoxAxes(point.minus(center));
        int axis = face(p);
        double sign = Math.signum(Vectors.component(p, axis));
        return toWorldAxes(new Vec3(axis == 0 ? sign : 0, axis == 1 ? sign : 0, axis == 2 ? sign : 0));
    }

    /**
     * Returns texture coordinates: on the sides, x runs around the box and y up; on top and bottom, x runs along the
     * longer side.
     */
    @Override
    public Vec3 coordinates(Vec3 point) {
        Vec3 p = toBoxAxes(point.minus(center));
        Vec3 q = p.plus(size.times(0.5));
        return switch (face(p)) {
            case 0 -> new Vec3(q.z(), q.y(), 0);
            case 1 -> size.x() >= size.z() ? new Vec3(q.x(), q.z(), 0) : new Vec3(q.z(), q.x(), 0);
            default -> new Vec3(q.x(), q.y(), 0);
        };
    }

    @Override
    public Vec3 min() {
        return center.minus(extent());
    }

    @Override
    public Vec3 max() {
        return center.plus(extent());
    }

    private Vec3 extent() {
        double cos = Math.abs(StrictMath.cos(yaw));
        double sin = Math.abs(StrictMath.sin(yaw));
        return new Vec3(cos * size.x() + sin * size.z(), size.y(), sin * size.x() + cos * size.z()).times(0.5);
    }

    /** Returns the axis perpendicular to the face of a point given in the axes of the box. */
    private int face(Vec3 p) {
        double x = Math.abs(Math.abs(p.x()) - size.x() / 2);
        double y = Math.abs(Math.abs(p.y()) - size.y() / 2);
        double z = Math.abs(Math.abs(p.z()) - size.z() / 2);
        return x <= y && x <= z ? 0 : y <= z ? 1 : 2;
    }

    private Vec3 toBoxAxes(Vec3 v) {
        return rotated(v, -yaw);
    }

    private Vec3 toWorldAxes(Vec3 v) {
        return rotated(v, yaw);
    }

    private static Vec3 rotated(Vec3 v, double angle) {
        if (angle == 0) {
            return v;
        }
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        return new Vec3(cos * v.x() + sin * v.z(), v.y(), cos * v.z() - sin * v.x());
    }
}
