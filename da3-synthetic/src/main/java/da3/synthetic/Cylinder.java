package da3.synthetic;

import da3.geometry.check.Check;
import da3.geometry.math.Vec3;

/**
 * A cylinder with flat ends. On its side, texture coordinate x runs around it, in meters along the surface, and y from
 * {@code bottom} to {@code top}; on the ends, both are measured from the axis.
 *
 * @param bottom center of one end
 * @param top center of the other end
 */
public record Cylinder(Vec3 bottom, Vec3 top, double radius, Texture texture) implements Surface {

    /** Points farther than this inside the radius are on an end, in meters. */
    private static final double TOLERANCE = 1e-9;

    public Cylinder {
        Check.positive("radius of a cylinder", radius);
        Check.positive("length of a cylinder", top.minus(bottom).norm());
    }

    /** Returns an upright cylinder. */
    public static Cylinder standing(Vec3 foot, double height, double radius, Texture texture) {
        return new Cylinder(foot, foot.plus(new Vec3(0, height, 0)), radius, texture);
    }

    @Override
    public double intersect(Ray ray, double from) {
        Vec3 axis = top.minus(bottom);
        double length = axis.norm();
        Vec3 a = axis.times(1 / length);
        Vec3 o = ray.origin().minus(bottom);
        Vec3 d = ray.direction();
        double alongD = d.dot(a);
        double alongO = o.dot(a);
        double best = side(o.minus(a.times(alongO)), d.minus(a.times(alongD)), alongO, alongD, length, from);
        for (double end : new double[] {0, length}) {
            double t = (end - alongO) / alongD;
            if (t > from && t < best) {
                Vec3 across = o.plus(d.times(t)).minus(a.times(end));
                best = across.dot(across) <= radius * radius ? t : best;
            }
        }
        return best;
    }

    /**
     * Intersects the round side; {@code o} and {@code d} are the components of origin and direction perpendicular to
     * the axis.
     */
    private double side(Vec3 o, Vec3 d, double alongO, double alongD, double length, double from) {
        double squared = d.dot(d);
        if (squared == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double nearest = -o.dot(d) / squared;
        Vec3 off = o.plus(d.times(nearest));
        double half = (radius * radius - off.dot(off)) / squared;
        if (half < 0) {
            return Double.POSITIVE_INFINITY;
        }
        double root = Math.sqrt(half);
        if (within(nearest - root, alongO, alongD, length, from)) {
            return nearest - root;
        }
        return within(nearest + root, alongO, alongD, length, from) ? nearest + root : Double.POSITIVE_INFINITY;
    }

    private static boolean within(double t, double alongO, double alongD, double length, double from) {
        double height = alongO + t * alongD;
        return t > from && height >= 0 && height <= length;
    }

    @Override
    public Vec3 normal(Vec3 point) {
        Vec3 a = Vectors.unit(top.minus(bottom));
        Vec3 p = point.minus(bottom);
        double height = p.dot(a);
        double length = top.minus(bottom).norm();
        Vec3 across = p.minus(a.times(height));
        if (across.norm() < radius - TOLERANCE) {
            return height < length / 2 ? a.times(-1) : a;
        }
        return Vectors.unit(across);
    }

    @Override
    public Vec3 coordinates(Vec3 point) {
        Vec3 a = Vectors.unit(top.minus(bottom));
        Vec3 x = Vectors.perpendicular(a);
        Vec3 p = point.minus(bottom);
        double alongX = p.dot(x);
        double alongY = p.dot(a.cross(x));
        return Math.sqrt(alongX * alongX + alongY * alongY) < radius - TOLERANCE
                ? new Vec3(alongX, alongY, 0)
                : new Vec3(radius * StrictMath.atan2(alongY, alongX), p.dot(a), 0);
    }

    @Override
    public Vec3 min() {
        return Vectors.min(bottom, top).minus(extent());
    }

    @Override
    public Vec3 max() {
        return Vectors.max(bottom, top).plus(extent());
    }

    private Vec3 extent() {
        Vec3 a = Vectors.unit(top.minus(bottom));
        return new Vec3(
                        Math.sqrt(Math.max(0, 1 - a.x() * a.x())),
                        Math.sqrt(Math.max(0, 1 - a.y() * a.y())),
                        Math.sqrt(Math.max(0, 1 - a.z() * a.z())))
                .times(radius);
    }
}
