package da3.synthetic.solid;

import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;

/**
 * A primitive with any orientation. Cylinders and cones are along their own y axis.
 *
 * @param kind kind of the primitive
 * @param axes columns are the axes of the primitive in world coordinates
 * @param center center of the bounds, in world coordinates
 * @param half half of the size along the own axes, in meters; the radius is that along x
 * @param patterns one for the whole solid, or six, indexed by {@link Hit#face}
 */
public record Solid(Kind kind, Mat3 axes, Vec3 center, Vec3 half, List<Pattern> patterns) {

    /** Kinds of primitives. */
    public enum Kind {
        /** Visible from outside and, as a room, from inside. */
        BOX,
        SPHERE,
        CYLINDER,
        /** With the tip at the positive y end. */
        CONE
    }

    public Solid {
        patterns = List.copyOf(patterns);
        if (!(half.x() > 0 && half.y() > 0 && half.z() > 0)) {
            throw Check.invalid("half size of a solid", "positive", half);
        }
        if (patterns.size() != 1 && patterns.size() != 6) {
            throw Check.invalid("number of patterns of a solid", "1 or 6", patterns.size());
        }
    }

    public Solid withPatterns(List<Pattern> patterns) {
        return new Solid(kind, axes, center, half, patterns);
    }

    /** Returns whether a point is inside the oriented bounding box, enlarged by a margin in meters. */
    public boolean contains(Vec3 point, double margin) {
        Vec3 p = axes.transpose().times(point.minus(center));
        return Math.abs(p.x()) < half.x() + margin
                && Math.abs(p.y()) < half.y() + margin
                && Math.abs(p.z()) < half.z() + margin;
    }

    /** Returns half of the size of the bounds along the world axes. */
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
