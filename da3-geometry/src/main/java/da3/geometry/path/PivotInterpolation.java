package da3.geometry.path;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/**
 * An interpolation between two poses around the point that both cameras look at (or, for parallel directions of view,
 * around the midpoint between them). The position of this pivot relative to the camera, the angle in the plane of both
 * directions of view, and the roll change linearly. Source: {@code utils/camera_trj_helpers.py} of the reference.
 *
 * <p>Poses are camera-to-world.
 */
public final class PivotInterpolation {

    private static final double PARALLEL = 1e-4;

    /**
     * Sine of the angle below which two directions span no plane. With a larger value, paths would miss the second
     * pose.
     */
    private static final double MIN_SINE = 1e-6;

    private final Mat3 frame; // its y axis is normal to the plane
    private final Vec3 pivot;
    private final PivotPose from;
    private final PivotPose to;

    /**
     * A pose relative to the pivot.
     *
     * @param offset of the pivot from the camera: across, along the normal of the plane, along the direction of view
     * @param turn angle around the normal of the plane, radians
     * @param roll angle around the direction of view, radians
     */
    private record PivotPose(Vec3 offset, double turn, double roll) {}

    /** Creates an interpolation between two camera-to-world poses. */
    public PivotInterpolation(Pose from, Pose to) {
        Vec3 fromLook = from.rotation().column(2);
        Vec3 toLook = to.rotation().column(2);
        this.pivot = parallel(fromLook, toLook)
                ? from.translation().plus(to.translation()).times(0.5)
                : closest(from.translation(), fromLook, to.translation(), toLook);
        this.frame = frame(fromLook, toLook);
        this.from = relativeToPivot(from);
        this.to = relativeToPivot(to);
    }

    /** Returns the pose at {@code t}, from 0 (the first pose) to 1 (the second). */
    public Pose at(double t) {
        Vec3 offset = from.offset.plus(to.offset.minus(from.offset).times(t));
        Mat3 rotation =
                frame.times(turned(between(from.turn, to.turn, t)).times(rolled(between(from.roll, to.roll, t))));
        return new Pose(
                rotation, pivot.minus(basis(frame.column(1), rotation.column(2)).times(offset)));
    }

    /** Interpolates intrinsics linearly. */
    public static Intrinsics between(Intrinsics a, Intrinsics b, double t) {
        return new Intrinsics(
                a.fx() + (b.fx() - a.fx()) * t,
                a.fy() + (b.fy() - a.fy()) * t,
                a.cx() + (b.cx() - a.cx()) * t,
                a.cy() + (b.cy() - a.cy()) * t);
    }

    private PivotPose relativeToPivot(Pose pose) {
        Mat3 r = frame.transpose().times(pose.rotation()); // a rotation around y, no tilt, then a roll around z
        Vec3 offset =
                basis(frame.column(1), pose.rotation().column(2)).transpose().times(pivot.minus(pose.translation()));
        return new PivotPose(offset, Math.atan2(r.m02(), r.m22()), Math.atan2(r.m10(), r.m11()));
    }

    private static boolean parallel(Vec3 a, Vec3 b) {
        return Math.abs(Math.abs(a.dot(b)) - 1) < PARALLEL;
    }

    /** Returns the point closest to two lines. */
    private static Vec3 closest(Vec3 a, Vec3 alongA, Vec3 b, Vec3 alongB) {
        Mat3 offA = rejection(alongA);
        Mat3 offB = rejection(alongB);
        double[] sum = new double[9];
        for (int i = 0; i < 9; i++) {
            sum[i] = offA.toArray()[i] + offB.toArray()[i];
        }
        return Mat3.of(sum, 0).inverse().times(offA.times(a).plus(offB.times(b)));
    }

    /** Returns the projection onto the plane perpendicular to a unit direction. */
    private static Mat3 rejection(Vec3 d) {
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
        if (normal.norm() < MIN_SINE) {
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

    /** Interpolates angles along the shorter arc. */
    private static double between(double a, double b, double t) {
        return a + Math.IEEEremainder(b - a, 2 * Math.PI) * t;
    }
}
