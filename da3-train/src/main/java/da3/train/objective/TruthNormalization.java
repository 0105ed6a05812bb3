package da3.train.objective;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.PoseEncoding;
import da3.geometry.concurrent.Parallel;
import da3.geometry.math.Vec3;

/**
 * Divides the lengths of each scene by the mean distance of its valid world points from the origin, and renders the
 * truth at the resolution of rays. Pixel (row i, column j) has its center at (j + 0.5, i + 0.5).
 */
final class TruthNormalization {

    private final StudentTruth truth;
    private final int rayRows;
    private final int rayColumns;
    private final int threads;

    TruthNormalization(StudentTruth truth, int rayRows, int rayColumns, int threads) {
        this.truth = truth;
        this.rayRows = rayRows;
        this.rayColumns = rayColumns;
        this.threads = threads;
    }

    /**
     * Returns the truth in the unit of the objective.
     *
     * @throws IllegalArgumentException naming scene and view, if the truth is not finite, a camera is invalid, depth is
     *     not positive where it is valid, or a scene has no valid pixel
     */
    NormalizedTruth normalize() {
        int images = truth.images();
        int rays = rayRows * rayColumns;
        NormalizedTruth result = new NormalizedTruth(
                rayRows,
                rayColumns,
                scales(),
                new float[truth.depth().length],
                new float[images * rays * 6],
                new boolean[images * rays],
                new float[images * rays * 3],
                new float[images * PoseEncoding.LENGTH]);
        Parallel.forEach(images, threads, image -> {
            double scale = result.scale()[image / truth.views()];
            Intrinsics k = Cameras.intrinsics(truth, image);
            Pose pose = Cameras.worldToCamera(truth, image).inverse();
            Pose scaled = pose.withTranslation(pose.translation().times(1 / scale));
            putDepth(result, image, scale);
            putRays(result, image, scaled, k);
            double[] encoding = PoseEncoding.of(new Camera(scaled.inverse(), k), truth.rows(), truth.columns())
                    .toArray();
            for (int i = 0; i < PoseEncoding.LENGTH; i++) {
                result.poseEncoding()[PoseEncoding.LENGTH * image + i] = (float) encoding[i];
            }
        });
        return result;
    }

    private double[] scales() {
        double[] sums = new double[truth.images()];
        int[] counts = new int[truth.images()];
        Parallel.forEach(truth.images(), threads, image -> {
            Cameras.worldToCamera(truth, image).requireRigid("pose of " + name(image));
            Cameras.intrinsics(truth, image).requireValid("intrinsics of " + name(image));
            sumDistances(image, sums, counts);
        });
        double[] scales = new double[truth.scenes()];
        for (int scene = 0; scene < scales.length; scene++) {
            double sum = 0;
            long count = 0;
            for (int image = scene * truth.views(); image < (scene + 1) * truth.views(); image++) {
                sum += sums[image];
                count += counts[image];
            }
            if (count == 0) {
                throw new IllegalArgumentException("scene " + scene + " must have valid depth in one view at least, "
                        + "got none in views 0 to " + (truth.views() - 1));
            }
            scales[scene] = sum / count;
        }
        return scales;
    }

    private void sumDistances(int image, double[] sums, int[] counts) {
        PixelRays rays = new PixelRays(Cameras.worldToCamera(truth, image).inverse(), Cameras.intrinsics(truth, image));
        int pixels = truth.rows() * truth.columns();
        double sum = 0;
        int count = 0;
        for (int i = 0; i < truth.rows(); i++) {
            for (int j = 0; j < truth.columns(); j++) {
                int pixel = image * pixels + i * truth.columns() + j;
                if (!truth.mask()[pixel]) {
                    continue;
                }
                double depth = truth.depth()[pixel];
                if (!(depth > 0 && depth < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("depth of " + name(image)
                            + " must be finite and above 0 where it is valid, got " + depth + " in row " + i
                            + ", column " + j);
                }
                double x = depth * rays.x(i, j) + rays.origin().x();
                double y = depth * rays.y(i, j) + rays.origin().y();
                double z = depth * rays.z(i, j) + rays.origin().z();
                sum += Math.sqrt(x * x + y * y + z * z);
                count++;
            }
        }
        sums[image] = sum;
        counts[image] = count;
    }

    private void putDepth(NormalizedTruth result, int image, double scale) {
        int pixels = truth.rows() * truth.columns();
        for (int pixel = image * pixels; pixel < (image + 1) * pixels; pixel++) {
            if (truth.mask()[pixel]) {
                result.depth()[pixel] = (float) (truth.depth()[pixel] / scale);
            }
        }
    }

    private void putRays(NormalizedTruth result, int image, Pose cameraToWorld, Intrinsics k) {
        PixelRays rays = new PixelRays(
                cameraToWorld, k.scaled((double) rayColumns / truth.columns(), (double) rayRows / truth.rows()));
        Vec3 origin = cameraToWorld.translation();
        for (int i = 0; i < rayRows; i++) {
            int row = nearest(i, truth.rows(), rayRows);
            for (int j = 0; j < rayColumns; j++) {
                int column = nearest(j, truth.columns(), rayColumns);
                int pixel = (image * truth.rows() + row) * truth.columns() + column;
                int ray = (image * rayRows + i) * rayColumns + j;
                double depth = result.depth()[pixel];
                double x = rays.x(i, j);
                double y = rays.y(i, j);
                double z = rays.z(i, j);
                result.rayMask()[ray] = truth.mask()[pixel];
                put(result.ray(), 6 * ray, x, y, z);
                put(result.ray(), 6 * ray + 3, origin.x(), origin.y(), origin.z());
                put(result.point(), 3 * ray, depth * x + origin.x(), depth * y + origin.y(), depth * z + origin.z());
            }
        }
    }

    /** Returns the pixel under the center of a coarser pixel: floor((index + 0.5) * size / coarseSize). */
    private static int nearest(int index, int size, int coarseSize) {
        return (int) ((2L * index + 1) * size / (2L * coarseSize));
    }

    private static void put(float[] into, int offset, double x, double y, double z) {
        into[offset] = (float) x;
        into[offset + 1] = (float) y;
        into[offset + 2] = (float) z;
    }

    private String name(int image) {
        return "scene " + image / truth.views() + ", view " + image % truth.views();
    }
}
