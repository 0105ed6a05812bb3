package da3.geometry.path;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/**
 * The way from one pose to another around the point that both look at (or, where they look the same way, around the middle
 * between them): the point's place as each camera sees it, the angle in the plane of both directions of view and the roll
 * change evenly. Source: the reference's {@code utils/camera_trj_helpers.py}.
 *
 * <p>Poses are camera-to-world.
 */
public final class PivotInterpolation {

    private static final double PARALLEL = 1e-4;

    /** Sine of an angle between directions that span no plane. Larger, and a way would not end at its second pose. */
    private static final double ONE_LINE = 1e-6;

    private final Mat3 frame; // its y axis is normal to the plane
    private final Vec3 pivot;
    private final Seen from;
    private final Seen to;

    /**
     * A camera as seen from the pivot.
     *
     * @param offset of the pivot from the camera: across, along the plane's normal, along the direction of view
     * @param turn around the plane's normal, radians
     * @param roll around the direction of view, radians
     */
    private record Seen(Vec3 offset, double turn, double roll) {}

    public PivotInterpolation(Pose from, Pose to) {
        Vec3 fromLook = from.rotation().column(2);
        Vec3 toLook = to.rotation().column(2);
        this.pivot = parallel(fromLook, toLook)
                ? from.translation().plus(to.translation()).times(0.5)
                : closest(from.translation(), fromLook, to.translation(), toLook);
        this.frame = frame(fromLook, toLook);
        this.from = seen(from);
        this.to = seen(to);
    }

    /** @param t 0 (the first pose) to 1 (the second) */
    public Pose at(double t) {
        Vec3 offset = from.offset.plus(to.offset.minus(from.offset).times(t));
        Mat3 rotation =
                frame.times(turned(between(from.turn, to.turn, t)).times(rolled(between(from.roll, to.roll, t))));
        return new Pose(
                rotation, pivot.minus(basis(frame.column(1), rotation.column(2)).times(offset)));
    }

    /** Between two lenses; evenly too. */
    public static Intrinsics between(Intrinsics a, Intrinsics b, double t) {
        return new Intrinsics(
                a.fx() + (b.fx() - a.fx()) * t,
                a.fy() + (b.fy() - a.fy()) * t,
                a.cx() + (b.cx() - a.cx()) * t,
                a.cy() + (b.cy() - a.cy()) * t);
    }

    private Seen seen(Pose pose) {
        Mat3 r = frame.transpose().times(pose.rotation()); // a turn around y, no tilt, then a roll around z
        Vec3 offset =
                basis(frame.column(1), pose.rotation().column(2)).transpose().times(pivot.minus(pose.translation()));
        return new Seen(offset, Math.atan2(r.m02(), r.m22()), Math.atan2(r.m10(), r.m11()));
    }

    private static boolean parallel(Vec3 a, Vec3 b) {
        return Math.abs(Math.abs(a.dot(b)) - 1) < PARALLEL;
    }

    /** The point closest to two lines. */
    private static Vec3 closest(Vec3 a, Vec3 alongA, Vec3 b, Vec3 alongB) {
        Mat3 offA = off(alongA);
        Mat3 offB = off(alongB);
        double[] sum = new double[9];
        for (int i = 0; i < 9; i++) {
            sum[i] = offA.toArray()[i] + offB.toArray()[i];
        }
        return Mat3.of(sum, 0).inverse().times(offA.times(a).plus(offB.times(b)));
    }

    /** Projects onto the plane across a unit direction. */
    private static Mat3 off(Vec3 d) {
        return new Mat3(
                1 - d.x() * d.x(),
                -d.x() * d.y(),
                -d.x() * d.z(),
                -d.y() * d.x(),
                1 - d.y() * d.y(),
                -d.y() * d.z(),
                -d.z() * d.x(),
                -d.z() * d.y(),
                1 - d.z() * d.z());
    }

    private static Mat3 frame(Vec3 a, Vec3 b) {
        Vec3 normal = a.cross(b);
        if (normal.norm() < ONE_LINE) {
            Vec3 z = new Vec3(0, 0, 1);
            normal = a.cross(parallel(a, z) ? new Vec3(0, 1, 0) : z);
        }
        return basis(normal.times(1 / normal.norm()), a);
    }

    private static Mat3 basis(Vec3 y, Vec3 z) {
        return Mat3.ofColumns(y.cross(z), y, z);
    }

    private static Mat3 turned(double angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return new Mat3(cos, 0, sin, 0, 1, 0, -sin, 0, cos);
    }

    private static Mat3 rolled(double angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return new Mat3(cos, -sin, 0, sin, cos, 0, 0, 0, 1);
    }

    /** The shorter way around. */
    private static double between(double a, double b, double t) {
        return a + Math.IEEEremainder(b - a, 2 * Math.PI) * t;
    }
}
