package da3.geometry.math;

import da3.geometry.check.Check;
import java.util.List;

/** A point or a direction in three dimensions. */
public record Vec3(double x, double y, double z) {

    public static final Vec3 ZERO = new Vec3(0, 0, 0);

    /**
     * Returns the mean of points.
     *
     * @throws IllegalArgumentException if there are no points
     */
    public static Vec3 mean(List<Vec3> points) {
        Check.atLeast("number of points to average", 1, points.size());
        Vec3 sum = ZERO;
        for (Vec3 p : points) {
            sum = sum.plus(p);
        }
        return sum.times(1.0 / points.size());
    }

    public Vec3 plus(Vec3 o) {
        return new Vec3(x + o.x, y + o.y, z + o.z);
    }

    public Vec3 minus(Vec3 o) {
        return new Vec3(x - o.x, y - o.y, z - o.z);
    }

    public Vec3 times(double s) {
        return new Vec3(x * s, y * s, z * s);
    }

    public double dot(Vec3 o) {
        return x * o.x + y * o.y + z * o.z;
    }

    public Vec3 cross(Vec3 o) {
        return new Vec3(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
    }

    public double norm() {
        return Math.sqrt(dot(this));
    }

    public boolean isFinite() {
        return Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(z);
    }
}
