package da3.synthetic;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;

/** An arrangement of cameras in a scene. */
public sealed interface CameraRig permits Arc, Walk, RandomPoses {

    /** Returns the world-to-camera poses in order. */
    List<Pose> poses();

    /** Returns the cameras, all with the same intrinsics. */
    default List<Camera> cameras(Intrinsics intrinsics) {
        return poses().stream().map(pose -> new Camera(pose, intrinsics)).toList();
    }

    /**
     * Returns the pose of a camera without roll.
     *
     * @return world-to-camera
     * @throws IllegalArgumentException if the target is at the eye, or vertically above or below it
     */
    static Pose lookAt(Vec3 eye, Vec3 target) {
        Vec3 forward = Vectors.unit(target.minus(eye));
        Vec3 right = Vectors.unit(forward.cross(Vectors.UP));
        Vec3 down = forward.cross(right);
        Mat3 rotation = Mat3.ofColumns(right, down, forward).transpose();
        return new Pose(rotation, rotation.times(eye).times(-1));
    }

    /**
     * Returns intrinsics with a centered principal point and square pixels.
     *
     * @param horizontal field of view, radians, between 0 and pi
     */
    static Intrinsics lens(int width, int height, double horizontal) {
        if (!(horizontal > 0 && horizontal < Math.PI)) {
            throw Check.invalid("horizontal field of view", "between 0 and pi", horizontal);
        }
        double focal = width / (2 * StrictMath.tan(horizontal / 2));
        return new Intrinsics(focal, focal, width / 2.0, height / 2.0);
    }

    /**
     * Returns the count.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    static int requireCount(int count) {
        return Check.atLeast("number of cameras", 1, count);
    }
}
