package da3.train.objective;

import da3.geometry.concurrent.Parallel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The objective of the any-view network (Depth Anything 3, arXiv 2511.10647, section 3): L1 errors of depth, rays,
 * points, cameras and depth gradients against truth that is divided by its mean distance from the origin. Where the
 * paper leaves a choice, the terms document it.
 *
 * <p>Every mean is over the valid elements of the whole batch. A term without a valid element is 0. The derivative of
 * x
 * at 0 is 0. Sums are in double precision and in a fixed order, so the result does not depend on the number of threads.
 */
public final class StudentObjective {

    private final StudentWeights weights;
    private final int threads;

    /** @param threads number of threads; 0 for one per processor */
    public StudentObjective(StudentWeights weights, int threads) {
        this.weights = weights;
        this.threads = threads;
    }

    /**
     * Returns the loss of a prediction and its gradients. The world frame is not changed; see {@link FirstViewFrame}.
     *
     * @throws IllegalArgumentException if sizes of truth and prediction differ; naming scene and view, if truth is not
     *     finite or a scene has no valid pixel
     */
    public StudentLoss evaluate(StudentTruth truth, StudentPrediction prediction) {
        requireSameSizes(truth, prediction);
        NormalizedTruth normalized =
                new TruthNormalization(truth, prediction.rayRows(), prediction.rayColumns(), threads).normalize();
        ValidCounts counts = ValidCounts.of(truth, normalized, threads);
        DepthTerm depth = new DepthTerm(truth, normalized, prediction, weights, counts.pixels(), threads);
        GradientTerm gradient = new GradientTerm(
                truth.rows(),
                truth.columns(),
                truth.mask(),
                normalized.depth(),
                prediction.depth(),
                weights.gradient(),
                counts);
        RayTerm ray = new RayTerm(normalized, prediction, weights, counts.rays());
        PointTerm point = new PointTerm(normalized, prediction, weights.point(), counts.rays());
        CameraTerm camera = new CameraTerm(truth, normalized, prediction, weights);

        StudentPrediction gradients = prediction.zeros();
        double[][] parts = new double[truth.images()][];
        Parallel.forEach(parts.length, threads, image -> {
            double[] depthGradient = new double[truth.rows() * truth.columns()];
            double[] rayGradient = new double[prediction.rayRows() * prediction.rayColumns() * 6];
            double[] rays = ray.add(image, rayGradient);
            double[] cameras = camera.put(image, gradients.poseEncoding());
            parts[image] = new double[] {
                depth.add(image, depthGradient, gradients.depthConfidence()),
                rays[0],
                rays[1],
                point.add(image, depthGradient, rayGradient),
                cameras[0],
                cameras[1],
                cameras[2],
                gradient.add(image, 1, depthGradient)
            };
            ImageParts.put(depthGradient, gradients.depth(), image);
            ImageParts.put(rayGradient, gradients.ray(), image);
        });
        Map<String, Double> terms = terms(ImageParts.sums(parts));
        return new StudentLoss(terms, total(terms), gradients, normalized);
    }

    private Map<String, Double> terms(double[] sums) {
        Map<String, Double> terms = new LinkedHashMap<>();
        terms.put("depth", sums[0]);
        terms.put("ray", (weights.rayDirection() * sums[1] + weights.rayOrigin() * sums[2]) / 2);
        terms.put("ray_direction", sums[1]);
        terms.put("ray_origin", sums[2]);
        terms.put("point", sums[3]);
        terms.put("camera", sums[4] + sums[5] + weights.fieldOfView() * sums[6]);
        terms.put("camera_translation", sums[4]);
        terms.put("camera_quaternion", sums[5]);
        terms.put("camera_fov", sums[6]);
        terms.put("gradient", sums[7]);
        return terms;
    }

    private double total(Map<String, Double> terms) {
        return weights.depth() * terms.get("depth")
                + terms.get("ray")
                + weights.point() * terms.get("point")
                + weights.camera() * terms.get("camera")
                + weights.gradient() * terms.get("gradient");
    }

    private static void requireSameSizes(StudentTruth truth, StudentPrediction prediction) {
        if (truth.images() != prediction.images()
                || truth.rows() != prediction.rows()
                || truth.columns() != prediction.columns()) {
            throw new IllegalArgumentException("prediction must be of " + truth.images() + " images of "
                    + truth.rows() + "x" + truth.columns() + ", got " + prediction.images() + " of "
                    + prediction.rows() + "x" + prediction.columns());
        }
    }
}
