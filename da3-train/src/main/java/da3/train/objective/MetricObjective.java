package da3.train.objective;

import da3.geometry.Intrinsics;
import da3.geometry.depth.MetricScale;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The objective of a metric network, whose depth is in meters for a focal length of 300 pixels: true depth is multiplied
 * by 300 / focal length (Depth Anything 3, arXiv 2511.10647, section 4.3). The terms are the mean absolute error of the
 * logarithm of depth, the error of the gradients of this logarithm, and the squared error of the sky mask. The paper
 * does not give the terms; logarithms give near and far surfaces the same weight.
 */
public final class MetricObjective {

    private final MetricWeights weights;
    private final int threads;

    /** @param threads number of threads; 0 for one per processor */
    public MetricObjective(MetricWeights weights, int threads) {
        this.weights = weights;
        this.threads = threads;
    }

    /** Returns the loss of a prediction and its gradients. */
    public MetricLoss evaluate(TeacherTruth truth, TeacherPrediction prediction) {
        ValidCounts counts = ValidCounts.of(truth, threads);
        float[] trueLog = canonicalLogarithms(truth);
        float[] log = new float[trueLog.length];
        for (int i = 0; i < log.length; i++) {
            log[i] = (float) Math.log(prediction.depth()[i]);
        }
        GradientTerm gradient =
                new GradientTerm(truth.rows(), truth.columns(), truth.mask(), trueLog, log, weights.gradient(), counts);
        MaskTerm sky = new MaskTerm(truth.sky(), prediction.sky(), weights.sky());
        TeacherPrediction gradients = prediction.zeros();
        double share = ValidCounts.share(1, counts.pixels());
        double[] sums = new double[3];
        for (int image = 0; image < truth.images(); image++) {
            double[] logGradient = new double[truth.pixels()];
            int offset = image * truth.pixels();
            for (int i = 0; i < logGradient.length; i++) {
                if (truth.mask()[offset + i]) {
                    double error = (double) log[offset + i] - trueLog[offset + i];
                    sums[0] += share * Math.abs(error);
                    logGradient[i] = share * AbsoluteValue.derivative(error);
                }
            }
            sums[1] += gradient.add(image, 1, logGradient);
            sums[2] += sky.put(image, truth.pixels(), gradients.sky());
            for (int i = 0; i < logGradient.length; i++) {
                logGradient[i] /= prediction.depth()[offset + i]; // the derivative of the logarithm
            }
            ImageParts.put(logGradient, gradients.depth(), image);
        }
        Map<String, Double> terms = new LinkedHashMap<>();
        terms.put("depth", sums[0]);
        terms.put("gradient", sums[1]);
        terms.put("sky", sums[2]);
        return new MetricLoss(terms, sums[0] + weights.gradient() * sums[1] + weights.sky() * sums[2], gradients);
    }

    /** Returns the logarithm of true depth for the canonical focal length; 0 where depth is unknown. */
    private static float[] canonicalLogarithms(TeacherTruth truth) {
        float[] logarithms = new float[truth.depth().length];
        for (int i = 0; i < logarithms.length; i++) {
            if (truth.mask()[i]) {
                logarithms[i] = (float)
                        Math.log(truth.depth()[i] / MetricScale.metersPerUnit(intrinsics(truth, i / truth.pixels())));
            }
        }
        return logarithms;
    }

    private static Intrinsics intrinsics(TeacherTruth truth, int image) {
        float[] k = truth.intrinsics();
        return new Intrinsics(k[9 * image], k[9 * image + 4], k[9 * image + 2], k[9 * image + 5]);
    }
}
