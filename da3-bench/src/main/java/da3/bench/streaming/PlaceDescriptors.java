package da3.bench.streaming;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.Random;

/**
 * Descriptors of places: random smooth functions of position and direction of a camera, so that cameras close to each
 * other have similar descriptors.
 */
final class PlaceDescriptors {

    private static final int LENGTH = 128;

    /** Radians per meter, and per length of the difference of viewing directions. */
    private static final double POSITION = 0.8;

    private static final double DIRECTION = 2;

    private static final double NOISE = 0.2;

    private PlaceDescriptors() {}

    /**
     * Returns the descriptor of a camera.
     *
     * @param pose world-to-camera
     * @param random draws the noise
     */
    static float[] of(Pose pose, Random random) {
        Vec3 center = pose.cameraCenter();
        Mat3 rotation = pose.rotation();
        Random functions = new Random(1); // the same for all cameras
        float[] descriptor = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            double phase = 2 * Math.PI * functions.nextDouble();
            phase += POSITION * (center.x() * functions.nextGaussian() + center.z() * functions.nextGaussian());
            phase +=
                    DIRECTION * (rotation.m20() * functions.nextGaussian() + rotation.m22() * functions.nextGaussian());
            descriptor[i] = (float) (Math.cos(phase) + NOISE * random.nextGaussian());
        }
        return descriptor;
    }
}
