package da3.io.rig;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;

/** Poses as quaternions and translations. */
final class Rotations {

    /** Maximum deviation of the length of a quaternion from 1, for numbers that were rounded. */
    private static final double MAX_LENGTH_ERROR = 1e-3;

    private Rotations() {}

    /**
     * Returns a pose from a quaternion with the scalar first.
     *
     * @param wxyz scalar first
     * @throws IllegalArgumentException if the quaternion does not have length 1
     */
    static Pose scalarFirst(double[] wxyz, double[] translation) {
        return scalarLast(wxyz[1], wxyz[2], wxyz[3], wxyz[0], translation);
    }

    static Pose scalarLast(double x, double y, double z, double w, double[] translation) {
        double length = Math.sqrt(x * x + y * y + z * z + w * w);
        if (!(Math.abs(length - 1) <= MAX_LENGTH_ERROR)) {
            throw Check.invalid("length of the quaternion of a rotation", "1", length);
        }
        return new Pose(
                new Quaternion(x, y, z, w).toMatrix(), new Vec3(translation[0], translation[1], translation[2]));
    }

    /** Returns the rotation of a pose as a quaternion with the scalar first. */
    static double[] scalarFirst(Pose pose) {
        Quaternion q = Quaternion.ofMatrix(pose.rotation());
        return new double[] {q.w(), q.x(), q.y(), q.z()};
    }

    static double[] translation(Pose pose) {
        Vec3 t = pose.translation();
        return new double[] {t.x(), t.y(), t.z()};
    }
}
