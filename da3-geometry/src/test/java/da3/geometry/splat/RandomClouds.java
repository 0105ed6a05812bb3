package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.util.Random;

/** Gaussians of all shapes around and behind a camera. */
final class RandomClouds {

    private RandomClouds() {}

    static GaussianCloud of(int size, int degree, double largest, long seed) {
        Random random = new Random(seed);
        int n = (degree + 1) * (degree + 1);
        float[] means = new float[3 * size];
        float[] scales = new float[3 * size];
        float[] rotations = new float[4 * size];
        float[] harmonics = new float[3 * n * size];
        float[] opacities = new float[size];
        for (int i = 0; i < size; i++) {
            for (int a = 0; a < 3; a++) {
                means[3 * i + a] = (float) (3 * random.nextGaussian());
                scales[3 * i + a] = (float) (largest * Math.exp(-4 * random.nextDouble()));
            }
            for (int a = 0; a < 4; a++) {
                rotations[4 * i + a] = (float) random.nextGaussian();
            }
            opacities[i] = random.nextFloat();
        }
        for (int i = 0; i < harmonics.length; i++) {
            harmonics[i] = (float) (0.5 * random.nextGaussian());
        }
        return new GaussianCloud(means, scales, rotations, harmonics, opacities, degree);
    }

    /** Five units in front of the center of the clouds, tilted, with an off-center principal point. */
    static Camera camera(int width, int height) {
        Mat3 tilt = new Quaternion(0.1, -0.2, 0.05, 1).toMatrix();
        return new Camera(
                new Pose(tilt, new Vec3(0.2, -0.1, 5)),
                new Intrinsics(0.9 * width, 0.8 * width, 0.45 * width, 0.55 * height));
    }
}
