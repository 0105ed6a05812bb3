package da3.synthetic.solid;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;

/**
 * A turned primitive. Its own axes are x, y and z; cylinders and cones stand along y.
 *
 * @param axes its own axes in the world, as columns
 * @param middle of its bounds, in the world
 * @param half of its size along its own axes in meters; the radius is the size along x
 * @param patterns one for all of it, or six by {@link Hit#face}
 */
public record Solid(Kind kind, Mat3 axes, Vec3 middle, Vec3 half, List<Pattern> patterns) {

    /** What can be intersected. */
    public enum Kind {
        /** Seen from outside or, as a room, from inside. */
        BOX,
        SPHERE,
        CYLINDER,
        /** With its tip up. */
        CONE
    }

    public Solid {
        patterns = List.copyOf(patterns);
        if (!(half.x() > 0 && half.y() > 0 && half.z() > 0)) {
            throw new IllegalArgumentException("half of a solid's size must be above 0, got " + half);
        }
        if (patterns.size() != 1 && patterns.size() != 6) {
            throw new IllegalArgumentException("a solid must have 1 or 6 patterns, got " + patterns.size());
        }
    }

    public Solid withPatterns(List<Pattern> patterns) {
        return new Solid(kind, axes, middle, half, patterns);
    }

    /** Whether a point is in its bounds along its own axes, enlarged by a margin in meters. */
    public boolean surrounds(Vec3 point, double margin) {
        Vec3 p = axes.transpose().times(point.minus(middle));
        return Math.abs(p.x()) < half.x() + margin
                && Math.abs(p.y()) < half.y() + margin
                && Math.abs(p.z()) < half.z() + margin;
    }

    /** Half of the size of its bounds along the world's axes. */
    Vec3 extent() {
        double x = half.x();
        double y = half.y();
        double z = half.z();
        Mat3 a = axes;
        return new Vec3(
                Math.abs(a.m00()) * x + Math.abs(a.m01()) * y + Math.abs(a.m02()) * z,
                Math.abs(a.m10()) * x + Math.abs(a.m11()) * y + Math.abs(a.m12()) * z,
                Math.abs(a.m20()) * x + Math.abs(a.m21()) * y + Math.abs(a.m22()) * z);
    }
}
