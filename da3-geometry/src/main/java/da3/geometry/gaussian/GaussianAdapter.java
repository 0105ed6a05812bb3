package da3.geometry.gaussian;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.align.Umeyama;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.SphericalHarmonics;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Optional;

/**
 * Converts the output of the Gaussian head to Gaussians in the world frame, one for each pixel, ordered by view and
 * row.
 *
 * <p>Two properties of the reference ({@code model/gs_adapter.py}) are kept because the head was trained with them.
 * Depth is measured along the ray, not along the axis of the camera. The four rotation values of the head, rolled by
 * one, are rotated to the world frame as a quaternion x, y, z, w, but renderers and files read the result as w, x, y,
 * z.
 */
public final class GaussianAdapter {

    private static final double MAX_POSE_SCALE = 3;

    // Scales of the head are in tenths of the sum of the width and height of a pixel.
    private static final double SCALE_UNIT = 0.1;

    private final GaussianOptions options;
    private final int channels;
    private final double[] damping; // (coefficients)

    public GaussianAdapter(GaussianOptions options) {
        this.options = options;
        this.channels = options.channels();
        this.damping = new double[SphericalHarmonics.coefficients(options.shDegree())];
        for (int i = 0; i < damping.length; i++) {
            int degree = (int) Math.sqrt(i);
            damping[i] = degree == 0 ? 1 : options.shMaskBase() * Math.pow(options.shMaskDecay(), degree);
        }
    }

    /**
     * Returns the Gaussians of all views.
     *
     * @param raw (views, height, width, channels), the output of the head; see {@link GaussianOptions}
     * @param depths one map for each view, all of the same size
     * @param opacities one map for each view, 0 to 1, of the same size
     * @param cameras predicted cameras, which determine the positions of Gaussians
     * @param given world-to-camera poses that the caller knows; they only scale the scene, by a factor from 1/3 to 3,
     *     and not at all if they determine no scale
     * @throws IllegalArgumentException if the arguments differ in the number of views or pixels
     */
    public GaussianCloud adapt(
            float[] raw,
            List<ScalarMap> depths,
            List<ScalarMap> opacities,
            List<Camera> cameras,
            Optional<List<Pose>> given) {
        int pixels = requireSameSize(raw, depths, opacities, cameras);
        int size = Math.multiplyExact(depths.size(), pixels);
        GaussianCloud cloud = new GaussianCloud(
                new float[Math.multiplyExact(3, size)],
                new float[Math.multiplyExact(3, size)],
                new float[Math.multiplyExact(4, size)],
                new float[Math.multiplyExact(3 * damping.length, size)],
                new float[size],
                options.shDegree());
        double stretch = given.map(poses -> stretch(poses, cameras)).orElse(1.0);
        for (int view = 0; view < depths.size(); view++) {
            int start = view * pixels;
            adaptGeometry(raw, depths.get(view), cameras.get(view), stretch, cloud, start);
            Mat3 cameraToWorld = cameras.get(view).pose().rotation().transpose();
            adaptRotations(raw, pixels, cameraToWorld, cloud, start);
            adaptHarmonics(raw, pixels, cameraToWorld, cloud, start);
            System.arraycopy(opacities.get(view).values(), 0, cloud.opacities(), start, pixels);
        }
        return cloud;
    }

    /**
     * Returns the gradients with respect to the output of the head, the depths and the opacities; cameras and given
     * poses are constants.
     *
     * @param raw as for {@link #adapt}, like the other arguments
     * @param gradients derivatives of a loss with respect to each number of the adapted cloud, in the layout of the cloud
     * @throws IllegalArgumentException if the arguments differ in the number of views, pixels or harmonics
     */
    public AdapterGradients gradients(
            float[] raw,
            List<ScalarMap> depths,
            List<ScalarMap> opacities,
            List<Camera> cameras,
            Optional<List<Pose>> given,
            GaussianCloud gradients) {
        int pixels = requireSameSize(raw, depths, opacities, cameras);
        int size = depths.size() * pixels;
        if (gradients.size() != size || gradients.degree() != options.shDegree()) {
            throw Check.invalid(
                    "gradients of Gaussians", "of " + size + " with degree " + options.shDegree(), gradients);
        }
        AdapterGradients result = new AdapterGradients(new float[raw.length], new float[size], new float[size]);
        AdapterBackward backward = new AdapterBackward(options, damping, raw, gradients, result);
        double stretch = given.map(poses -> stretch(poses, cameras)).orElse(1.0);
        for (int view = 0; view < depths.size(); view++) {
            backward.apply(depths.get(view), cameras.get(view), stretch, view * pixels);
        }
        return result;
    }

    /** Returns the unit of scales at distance 1. */
    static double pixelSize(Intrinsics k) {
        return SCALE_UNIT * (1 / k.fx() + 1 / k.fy());
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double stretch(List<Pose> given, List<Camera> cameras) {
        List<Pose> predicted = cameras.stream().map(Camera::pose).toList();
        try {
            double scale = Umeyama.align(given, predicted).scale();
            return Math.max(1 / MAX_POSE_SCALE, Math.min(MAX_POSE_SCALE, scale));
        } catch (DegenerateGeometryException noScale) {
            return 1;
        }
    }

    /** Computes the means and scales of one view. */
    private void adaptGeometry(
            float[] raw, ScalarMap depth, Camera camera, double stretch, GaussianCloud cloud, int start) {
        Mat3 r = camera.pose().rotation().transpose();
        Vec3 center = camera.pose().cameraCenter().times(stretch);
        Intrinsics k = camera.intrinsics();
        int scaleChannel = options.offsetXy() ? 2 : 0;
        double pixelSize = pixelSize(k);
        double range = options.scaleMax() - options.scaleMin();
        for (int i = 0; i < depth.values().length; i++) {
            int in = (start + i) * channels;
            double offsetDepth = options.offsetDepth() ? raw[in + channels - 1] : 0;
            double distance = (depth.values()[i] + offsetDepth) * stretch;
            double x = k.unprojectX(i % depth.width() + 0.5 + (options.offsetXy() ? raw[in] : 0));
            double y = k.unprojectY(i / depth.width() + 0.5 + (options.offsetXy() ? raw[in + 1] : 0));
            double along = distance / Math.sqrt(x * x + y * y + 1);
            int out = 3 * (start + i);
            cloud.means()[out] = (float) (center.x() + along * (r.m00() * x + r.m01() * y + r.m02()));
            cloud.means()[out + 1] = (float) (center.y() + along * (r.m10() * x + r.m11() * y + r.m12()));
            cloud.means()[out + 2] = (float) (center.z() + along * (r.m20() * x + r.m21() * y + r.m22()));
            for (int axis = 0; axis < 3; axis++) {
                double sigmoid = sigmoid(raw[in + scaleChannel + axis]);
                cloud.scales()[out + axis] = (float) ((options.scaleMin() + range * sigmoid) * distance * pixelSize);
            }
        }
    }

    /** Computes the rotations of one view as products of quaternions, which is faster than with matrices. */
    private void adaptRotations(float[] raw, int pixels, Mat3 cameraToWorld, GaussianCloud cloud, int start) {
        Quaternion camera = Quaternion.ofMatrix(cameraToWorld);
        int channel = (options.offsetXy() ? 2 : 0) + 3;
        for (int i = 0; i < pixels; i++) {
            rotate(camera, raw, (start + i) * channels + channel, cloud.rotations(), 4 * (start + i));
        }
    }

    /**
     * Rotates one Gaussian to the world frame. The result is the quaternion x, y, z, w with w at least 0.
     *
     * @param camera camera-to-world, unit length
     * @param raw four rotation values of the head, of any positive length, from {@code in} on
     * @param rotations receives four values, from {@code out} on
     */
    public static void rotate(Quaternion camera, float[] raw, int in, float[] rotations, int out) {
        double x = raw[in + 3];
        double y = raw[in];
        double z = raw[in + 1];
        double w = raw[in + 2];
        Quaternion c = camera;
        double real = c.w() * w - c.x() * x - c.y() * y - c.z() * z;
        double s = (real < 0 ? -1 : 1) / Math.sqrt(x * x + y * y + z * z + w * w);
        rotations[out] = (float) (s * (c.w() * x + c.x() * w + c.y() * z - c.z() * y));
        rotations[out + 1] = (float) (s * (c.w() * y - c.x() * z + c.y() * w + c.z() * x));
        rotations[out + 2] = (float) (s * (c.w() * z + c.x() * y - c.y() * x + c.z() * w));
        rotations[out + 3] = (float) (s * real);
    }

    /** Computes the color harmonics of one view. */
    private void adaptHarmonics(float[] raw, int pixels, Mat3 cameraToWorld, GaussianCloud cloud, int start) {
        double[][] blocks = SphericalHarmonics.rotation(cameraToWorld, options.shDegree());
        int channel = (options.offsetXy() ? 2 : 0) + 3 + 4;
        double[] damped = new double[damping.length];
        for (int i = 0; i < pixels; i++) {
            int in = (start + i) * channels + channel;
            int out = (start + i) * 3 * damping.length;
            for (int color = 0; color < 3; color++) {
                for (int j = 0; j < damping.length; j++) {
                    damped[j] = raw[in + color * damping.length + j] * damping[j];
                }
                SphericalHarmonics.rotate(blocks, damped, 0, cloud.harmonics(), out + color * damping.length);
            }
        }
    }

    /** Checks the sizes of all arguments and returns the number of pixels of a view. */
    private int requireSameSize(float[] raw, List<ScalarMap> depths, List<ScalarMap> opacities, List<Camera> cameras) {
        int views = depths.size();
        if (views == 0 || opacities.size() != views || cameras.size() != views) {
            throw Check.invalid(
                    "depth maps, opacity maps and cameras",
                    "one of each for each view",
                    views + ", " + opacities.size() + " and " + cameras.size());
        }
        ScalarMap first = depths.get(0);
        for (List<ScalarMap> maps : List.of(depths, opacities)) {
            for (ScalarMap map : maps) {
                if (map.width() != first.width() || map.height() != first.height()) {
                    throw Check.invalid(
                            "depth and opacity maps",
                            "of the same size",
                            first.width() + "x" + first.height() + " and " + map.width() + "x" + map.height());
                }
            }
        }
        int pixels = first.values().length;
        if (raw.length != (long) views * pixels * channels) {
            throw Check.invalid(
                    "output of the Gaussian head",
                    channels + " values for each of " + pixels + " pixels of " + views + " views, "
                            + (long) views * pixels * channels,
                    raw.length);
        }
        return pixels;
    }
}
