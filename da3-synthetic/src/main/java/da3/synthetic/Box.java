package da3.synthetic;

import da3.geometry.math.Vec3;

/**
 * A box that stands upright.
 *
 * @param middle of the box
 * @param size full lengths of its sides
 * @param yaw turn about the y axis, radians, anticlockwise from above
 */
public record Box(Vec3 middle, Vec3 size, double yaw, Texture texture) implements Surface {

    public Box {
        Vectors.requirePositive("width of a box", size.x());
        Vectors.requirePositive("height of a box", size.y());
        Vectors.requirePositive("depth of a box", size.z());
    }

    /** A box on the ground, or on whatever {@code foot}, the middle of its underside, stands on. */
    public static Box standing(Vec3 foot, Vec3 size, double yaw, Texture texture) {
        return new Box(foot.plus(new Vec3(0, size.y() / 2, 0)), size, yaw, texture);
    }

    @Override
    public double intersect(Ray ray, double from) {
        Vec3 o = inward(ray.origin().minus(middle));
        Vec3 d = inward(ray.direction());
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
        Vec3 p = inward(point.minus(middle));
        int axis = face(p);
        double sign = Math.signum(Vectors.component(p, axis));
        return outward(new Vec3(axis == 0 ? sign : 0, axis == 1 ? sign : 0, axis == 2 ? sign : 0));
    }

    /** On each side x runs around the box and y up; on top and bottom x runs along the longer side. */
    @Override
    public Vec3 coordinates(Vec3 point) {
        Vec3 p = inward(point.minus(middle));
        Vec3 q = p.plus(size.times(0.5));
        return switch (face(p)) {
            case 0 -> new Vec3(q.z(), q.y(), 0);
            case 1 -> size.x() >= size.z() ? new Vec3(q.x(), q.z(), 0) : new Vec3(q.z(), q.x(), 0);
            default -> new Vec3(q.x(), q.y(), 0);
        };
    }

    @Override
    public Vec3 least() {
        return middle.minus(extent());
    }

    @Override
    public Vec3 greatest() {
        return middle.plus(extent());
    }

    private Vec3 extent() {
        double cos = Math.abs(StrictMath.cos(yaw));
        double sin = Math.abs(StrictMath.sin(yaw));
        return new Vec3(cos * size.x() + sin * size.z(), size.y(), sin * size.x() + cos * size.z()).times(0.5);
    }

    /** The axis across the face that a point, in the box's own axes, lies on. */
    private int face(Vec3 p) {
        double x = Math.abs(Math.abs(p.x()) - size.x() / 2);
        double y = Math.abs(Math.abs(p.y()) - size.y() / 2);
        double z = Math.abs(Math.abs(p.z()) - size.z() / 2);
        return x <= y && x <= z ? 0 : y <= z ? 1 : 2;
    }

    private Vec3 inward(Vec3 v) {
        return turned(v, -yaw);
    }

    private Vec3 outward(Vec3 v) {
        return turned(v, yaw);
    }

    private static Vec3 turned(Vec3 v, double angle) {
        if (angle == 0) {
            return v;
        }
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        return new Vec3(cos * v.x() + sin * v.z(), v.y(), cos * v.z() - sin * v.x());
    }
}
