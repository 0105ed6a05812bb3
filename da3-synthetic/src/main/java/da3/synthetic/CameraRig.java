package da3.synthetic;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;

/** Where photos are taken from. */
public sealed interface CameraRig permits Arc, Walk, RandomPoses {

    /** World-to-camera, in the order in which the photos are taken. */
    List<Pose> poses();

    /** The same cameras with one lens. */
    default List<Camera> cameras(Intrinsics intrinsics) {
        return poses().stream().map(pose -> new Camera(pose, intrinsics)).toList();
    }

    /**
     * A camera without roll.
     *
     * @return world-to-camera
     * @throws IllegalArgumentException if the target is at the eye, or straight above or below it
     */
    static Pose lookAt(Vec3 eye, Vec3 target) {
        Vec3 forward = Vectors.unit(target.minus(eye));
        Vec3 right = Vectors.unit(forward.cross(Vectors.UP));
        Vec3 down = forward.cross(right);
        Mat3 rotation = Mat3.ofColumns(right, down, forward).transpose();
        return new Pose(rotation, rotation.times(eye).times(-1));
    }

    /**
     * Intrinsics of a centered lens with square pixels.
     *
     * @param horizontal field of view, radians, above 0 and below pi
     */
    static Intrinsics lens(int width, int height, double horizontal) {
        if (!(horizontal > 0 && horizontal < Math.PI)) {
            throw new IllegalArgumentException(
                    "horizontal field of view is " + horizontal + "; legal: above 0, below pi");
        }
        double focal = width / (2 * StrictMath.tan(horizontal / 2));
        return new Intrinsics(focal, focal, width / 2.0, height / 2.0);
    }

    /** @throws IllegalArgumentException for fewer than one camera */
    static int requireCount(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(count + " cameras; legal: at least one");
        }
        return count;
    }
}
