package da3.geometry.path;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Smoothing of a sequence of poses: x axes, y axes and positions are averaged with Gaussian weights, and the z axis
 * follows from the other two. Source: {@code utils/camera_trj_helpers.py} of the reference.
 *
 * @param rotation converts averaged axes, which are not quite perpendicular, to a rotation
 */
public record PoseSmoothing(UnaryOperator<Mat3> rotation) {

    /** Smoothing with orthonormal rotations; the reference leaves the axes as they are. */
    public static final PoseSmoothing RIGID = new PoseSmoothing(PoseSmoothing::perpendicular);

    /** Minimum norm of the cross product of two averaged axes; it is 1 without rotation. */
    private static final double MIN_AREA = 1e-6;

    // Weights of small windows, as in OpenCV.
    private static final double[][] SMALL_WEIGHTS = {
        {1}, {1, 2, 1}, {1, 4, 6, 4, 1}, {2, 7, 14, 18, 14, 7, 2}, {4, 13, 30, 51, 60, 51, 30, 13, 4}
    };

    /**
     * Returns the smoothed poses.
     *
     * @param poses camera-to-world
     * @param window number of poses that are averaged; rounded up to an odd number, and limited to the number of poses,
     *     which are mirrored at both ends
     * @return camera-to-world, as many as {@code poses}
     */
    public List<Pose> smooth(List<Pose> poses, int window) {
        int n = poses.size();
        if (n < 2) {
            return List.copyOf(poses);
        }
        double[] weights = weights(window(window, n));
        List<Pose> smooth = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Vec3 x = Vec3.ZERO;
            Vec3 y = Vec3.ZERO;
            Vec3 position = Vec3.ZERO;
            for (int k = 0; k < weights.length; k++) {
                Pose pose = poses.get(mirrored(i + k - weights.length / 2, n));
                x = x.plus(pose.rotation().column(0).times(weights[k]));
                y = y.plus(pose.rotation().column(1).times(weights[k]));
                position = position.plus(pose.translation().times(weights[k]));
            }
            smooth.add(new Pose(rotation(x, y, poses.get(i).rotation()), position));
        }
        return smooth;
    }

    /**
     * Returns the rotation of averaged axes, or the original one where they cancel out, as for opposite directions of
     * view.
     */
    private Mat3 rotation(Vec3 x, Vec3 y, Mat3 original) {
        Vec3 z = x.cross(y);
        if (z.norm() < MIN_AREA) {
            return original;
        }
        Vec3 unitX = x.times(1 / x.norm());
        Vec3 unitY = y.times(1 / y.norm());
        return rotation.apply(Mat3.ofColumns(unitX, unitY, unitX.cross(unitY)));
    }

    private static int window(int requested, int n) {
        int odd = Math.max(1, requested) | 1;
        int window = Math.min(odd, n % 2 == 1 ? n : n - 1);
        return n >= 3 ? Math.max(3, window) : window;
    }

    private static int mirrored(int i, int n) {
        if (i < 0) {
            return -i;
        }
        return i < n ? i : 2 * (n - 1) - i;
    }

    private static double[] weights(int window) {
        double[] weights = new double[window];
        double deviation = 0.3 * ((window - 1) * 0.5 - 1) + 0.8;
        double sum = 0;
        for (int i = 0; i < window; i++) {
            double d = (i - window / 2) / deviation;
            weights[i] = window / 2 < SMALL_WEIGHTS.length ? SMALL_WEIGHTS[window / 2][i] : Math.exp(-0.5 * d * d);
            sum += weights[i];
        }
        for (int i = 0; i < window; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /** Makes the x and y axes perpendicular by rotating both by the same angle. */
    private static Mat3 perpendicular(Mat3 axes) {
        Vec3 x = axes.column(0);
        Vec3 y = axes.column(1);
        Vec3 sum = x.plus(y);
        Vec3 difference = x.minus(y);
        sum = sum.times(Math.sqrt(0.5) / sum.norm());
        difference = difference.times(Math.sqrt(0.5) / difference.norm());
        Vec3 newX = sum.plus(difference);
        Vec3 newY = sum.minus(difference);
        return Mat3.ofColumns(newX, newY, newX.cross(newY));
    }
}
