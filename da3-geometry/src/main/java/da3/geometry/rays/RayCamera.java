package da3.geometry.rays;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.stream.IntStream;

/**
 * Estimates the camera of a ray map. A pixel at (x, y), both from -1 to 1 across the image, sees the direction
 *
 * <pre>
 *                      [ 1/fx   0   (1 - cx)/fx ]   [ x ]
 *     d  ~  rotation * [  0   1/fy  (1 - cy)/fy ] * [ y ]
 *                      [  0     0        1      ]   [ 1 ]
 * </pre>
 * with focal lengths and principal point in half image sides. The homography from pixels to directions is therefore a
 * rotation times an upper triangular matrix, and its QR decomposition gives the camera. Source: section 3.2 of the
 * paper and {@code utils/ray_utils.py} of the reference. The reference takes the triangular matrix for a lower one,
 * which is correct only for a centered principal point.
 */
public final class RayCamera {

    /** Rotation times upper triangular matrix; correct for any principal point. */
    public static final HomographyFactorization ROTATION_TIMES_UPPER =
            (homography, rays) -> rotationTimesUpper(homography);

    /**
     * {@link #ROTATION_TIMES_UPPER}, refined by least squares on the rays. The principal point is fixed at the image
     * center unless the rays contradict it, since on noisy rays of a centered camera a free one costs degrees of
     * rotation.
     */
    public static final HomographyFactorization LEAST_SQUARES = new RayLeastSquares();

    /**
     * A ray whose direction has a smaller
     * z
     * intersects the plane z = 1 too far away to be useful.
     */
    private static final double Z_THRESHOLD = 1e-4;

    private RayCamera() {}

    /**
     * Estimates the camera of a ray map, with {@link #LEAST_SQUARES}.
     *
     * @param imageHeight height of the image whose pixels the intrinsics refer to
     * @param imageWidth width of that image
     * @param table from {@link RayHomography#sampleTable}, for this number of rays
     * @param seed seed of the random choice among too many inliers
     * @return world-to-camera
     * @throws DegenerateGeometryException if the rays determine no camera or are not finite
     */
    public static Camera estimate(RayMap rays, int imageHeight, int imageWidth, int[][] table, long seed) {
        return estimate(rays, imageHeight, imageWidth, table, seed, LEAST_SQUARES);
    }

    /**
     * Estimates the camera of a ray map with the given factorization of the homography.
     *
     * @see #estimate(RayMap, int, int, int[][], long)
     */
    public static Camera estimate(
            RayMap rays,
            int imageHeight,
            int imageWidth,
            int[][] table,
            long seed,
            HomographyFactorization factorization) {
        requireFinite(rays);
        float[] weights = weights(rays);
        double[] plane = imagePlane(rays);
        double[] targets = directions(rays, weights);
        Mat3 homography = RayHomography.estimate(plane, targets, weights, table, seed);
        HomographyFactorization.Factors f =
                factorization.factor(homography, inliers(homography, rays, plane, targets, weights));
        Intrinsics intrinsics = new Intrinsics(f.focalX(), f.focalY(), f.principalX(), f.principalY())
                .scaled(imageWidth / 2.0, imageHeight / 2.0);
        Pose cameraToWorld = new Pose(f.rotation(), center(rays, weights));
        return new Camera(cameraToWorld.inverse(), intrinsics);
    }

    private static HomographyFactorization.Factors rotationTimesUpper(Mat3 h) {
        // Gram-Schmidt from the left; the third column follows because the determinant is positive.
        Vec3 first = h.column(0).times(1 / h.column(0).norm());
        Vec3 rest = h.column(1).minus(first.times(first.dot(h.column(1))));
        Vec3 second = rest.times(1 / rest.norm());
        Vec3 third = first.cross(second);
        double u00 = first.dot(h.column(0));
        double u11 = second.dot(h.column(1));
        double u22 = third.dot(h.column(2));
        return new HomographyFactorization.Factors(
                Mat3.ofColumns(first, second, third),
                u22 / u00,
                u22 / u11,
                1 - first.dot(h.column(2)) / u00,
                1 - second.dot(h.column(2)) / u11);
    }

    private static RayInliers inliers(Mat3 homography, RayMap rays, double[] plane, double[] targets, float[] weights) {
        int[] pixels = IntStream.range(0, weights.length)
                .filter(i -> weights[i] > 0 && RayHomography.isInlier(homography, plane, targets, i))
                .toArray();
        double[] inPlane = new double[2 * pixels.length];
        double[] directions = new double[3 * pixels.length];
        double[] inlierWeights = new double[pixels.length];
        for (int k = 0; k < pixels.length; k++) {
            int i = pixels[k];
            double x = plane[2 * i];
            double y = plane[2 * i + 1];
            Vec3 d = new Vec3(rays.rays()[6 * i], rays.rays()[6 * i + 1], rays.rays()[6 * i + 2]);
            // a ray and its opposite intersect the plane z = 1 in the same point
            boolean opposite = homography.times(new Vec3(x, y, 1)).dot(d) < 0;
            Vec3 unit = d.times((opposite ? -1 : 1) / d.norm());
            inPlane[2 * k] = x;
            inPlane[2 * k + 1] = y;
            directions[3 * k] = unit.x();
            directions[3 * k + 1] = unit.y();
            directions[3 * k + 2] = unit.z();
            inlierWeights[k] = weights[i];
        }
        return new RayInliers(inPlane, directions, inlierWeights);
    }

    private static void requireFinite(RayMap rays) {
        for (float v : rays.rays()) {
            if (!Float.isFinite(v)) {
                throw new DegenerateGeometryException(Check.message("values of a ray map", "finite", v));
            }
        }
        for (float v : rays.confidence()) {
            if (!(v > 0 && v <= Float.MAX_VALUE)) {
                throw new DegenerateGeometryException(Check.message("ray confidences", "positive and finite", v));
            }
        }
    }

    /** Returns the confidences, with 0 for rays that do not intersect the plane z = 1. */
    private static float[] weights(RayMap rays) {
        float[] weights = rays.confidence().clone();
        for (int i = 0; i < weights.length; i++) {
            if (Math.abs(rays.rays()[6 * i + 2]) <= Z_THRESHOLD) {
                weights[i] = 0;
            }
        }
        return weights;
    }

    /** Returns the pixel centers, from -1 to 1 across the image: (pixels, 2). */
    private static double[] imagePlane(RayMap rays) {
        double[] plane = new double[2 * rays.width() * rays.height()];
        int i = 0;
        for (int y = 0; y < rays.height(); y++) {
            for (int x = 0; x < rays.width(); x++) {
                plane[i++] = (2 * x + 1.0) / rays.width() - 1;
                plane[i++] = (2 * y + 1.0) / rays.height() - 1;
            }
        }
        return plane;
    }

    /** Returns the intersections of the rays with the plane z = 1: (pixels, 2), 0 where there is none. */
    private static double[] directions(RayMap rays, float[] weights) {
        float[] r = rays.rays();
        double[] directions = new double[2 * weights.length];
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                directions[2 * i] = (double) r[6 * i] / r[6 * i + 2];
                directions[2 * i + 1] = (double) r[6 * i + 1] / r[6 * i + 2];
            }
        }
        return directions;
    }

    /** Returns the weighted mean of the origins. */
    private static Vec3 center(RayMap rays, float[] weights) {
        float[] r = rays.rays();
        double x = 0;
        double y = 0;
        double z = 0;
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            x += (double) weights[i] * r[6 * i + 3];
            y += (double) weights[i] * r[6 * i + 4];
            z += (double) weights[i] * r[6 * i + 5];
            total += weights[i];
        }
        return new Vec3(x / total, y / total, z / total);
    }
}
