package da3.geometry;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/** A similarity: {@code p -> scale * rotation * p + translation}. */
public record Sim3(double scale, Mat3 rotation, Vec3 translation) {

    public static final Sim3 IDENTITY = new Sim3(1, Mat3.IDENTITY, Vec3.ZERO);

    public Vec3 transform(Vec3 p) {
        return rotation.times(p).times(scale).plus(translation);
    }

    /** Moves a camera: its center as a point, its axes by the rotation alone. Both poses are world-to-camera. */
    public Pose applyToPose(Pose pose) {
        Mat3 worldToCamera = pose.rotation().times(rotation.transpose());
        Vec3 center = transform(pose.cameraCenter());
        return new Pose(worldToCamera, worldToCamera.times(center).times(-1));
    }

    /** @throws ArithmeticException if the scale is zero */
    public Sim3 inverse() {
        if (scale == 0) {
            throw new ArithmeticException("similarity has no inverse: scale 0");
        }
        Mat3 transposed = rotation.transpose();
        return new Sim3(1 / scale, transposed, transposed.times(translation).times(-1 / scale));
    }

    /** This similarity after {@code first}. */
    public Sim3 after(Sim3 first) {
        return new Sim3(scale * first.scale, rotation.times(first.rotation), transform(first.translation));
    }
}
