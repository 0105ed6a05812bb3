package da3.geometry;

import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/**
 * A rigid motion, {@code p -> rotation * p + translation}. As a camera pose it is world-to-camera with OpenCV axes; its
 * {@link #inverse()} is camera-to-world, with the camera center as its translation.
 */
public record Pose(Mat3 rotation, Vec3 translation) {

    public static final Pose IDENTITY = new Pose(Mat3.IDENTITY, Vec3.ZERO);

    /**
     * Returns a pose from a row-major 3x4 or 4x4 matrix that starts at {@code offset}; only the first three rows are
     * read.
     */
    public static Pose ofMatrix(double[] m, int offset) {
        return new Pose(
                new Mat3(
                        m[offset],
                        m[offset + 1],
                        m[offset + 2], //
                        m[offset + 4],
                        m[offset + 5],
                        m[offset + 6], //
                        m[offset + 8],
                        m[offset + 9],
                        m[offset + 10]),
                new Vec3(m[offset + 3], m[offset + 7], m[offset + 11]));
    }

    /** Returns the first three rows of the 4x4 matrix: 12 values, row-major. */
    public double[] toMatrix3x4() {
        Mat3 r = rotation;
        Vec3 t = translation;
        return new double[] {
            r.m00(), r.m01(), r.m02(), t.x(), r.m10(), r.m11(), r.m12(), t.y(), r.m20(), r.m21(), r.m22(), t.z()
        };
    }

    /** Returns the inverse motion. The rotation is transposed, which is exact only for a rigid motion. */
    public Pose inverse() {
        Mat3 transposed = rotation.transpose();
        return new Pose(transposed, transposed.times(translation).times(-1));
    }

    /** Returns the composition that applies {@code first} and then this motion. */
    public Pose compose(Pose first) {
        return new Pose(
                rotation.times(first.rotation),
                rotation.times(first.translation).plus(translation));
    }

    public Pose withTranslation(Vec3 t) {
        return new Pose(rotation, t);
    }

    /** Returns the camera center of a world-to-camera pose, in world coordinates. */
    public Vec3 cameraCenter() {
        return inverse().translation;
    }

    public Vec3 transform(Vec3 p) {
        return rotation.times(p).plus(translation);
    }

    /**
     * Checks that this is a rigid motion.
     *
     * @param name names this pose in error messages
     * @return this pose
     * @throws IllegalArgumentException if an entry is not finite, or the rotation is not orthonormal with determinant
     *     +1 (tolerance 1e-3)
     */
    public Pose requireRigid(String name) {
        if (!rotation.isFinite() || !translation.isFinite()) {
            throw Check.invalid(name, "finite", this);
        }
        Mat3 gram = rotation.times(rotation.transpose());
        double worst = 0;
        double[] g = gram.toArray();
        for (int i = 0; i < 9; i++) {
            worst = Math.max(worst, Math.abs(g[i] - (i % 4 == 0 ? 1 : 0)));
        }
        double det = rotation.determinant();
        if (worst > 1e-3 || Math.abs(det - 1) > 1e-3) {
            throw Check.invalid(
                    name,
                    "a rigid motion, with determinant 1 and R R^T within 0.001 of the identity",
                    "determinant " + det + " and a deviation of " + worst);
        }
        return this;
    }
}
