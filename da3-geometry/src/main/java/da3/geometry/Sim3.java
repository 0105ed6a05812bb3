package da3.geometry;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/** A similarity transformation, {@code p -> scale * rotation * p + translation}. */
public record Sim3(double scale, Mat3 rotation, Vec3 translation) {

    public static final Sim3 IDENTITY = new Sim3(1, Mat3.IDENTITY, Vec3.ZERO);

    public Vec3 transform(Vec3 p) {
        return rotation.times(p).times(scale).plus(translation);
    }

    /**
     * Returns a world-to-camera pose moved by this similarity: the center is transformed as a point, the axes only
     * rotate.
     */
    public Pose applyToPose(Pose pose) {
        Mat3 worldToCamera = pose.rotation().times(rotation.transpose());
        Vec3 center = transform(pose.cameraCenter());
        return new Pose(worldToCamera, worldToCamera.times(center).times(-1));
    }

    /** @throws ArithmeticException if the scale is zero */
    public Sim3 inverse() {
        if (scale == 0) {
            throw new ArithmeticException("a similarity with scale 0 has no inverse");
        }
        Mat3 transposed = rotation.transpose();
        return new Sim3(1 / scale, transposed, transposed.times(translation).times(-1 / scale));
    }

    /** Returns the composition that applies {@code first} and then this similarity. */
    public Sim3 compose(Sim3 first) {
        return new Sim3(scale * first.scale, rotation.times(first.rotation), transform(first.translation));
    }
}
