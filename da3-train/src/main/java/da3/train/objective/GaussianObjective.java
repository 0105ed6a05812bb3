package da3.train.objective;

import da3.core.lpips.LpipsNetwork;
import da3.geometry.GaussianCloud;
import da3.geometry.ScalarMap;
import da3.geometry.check.Check;
import da3.geometry.gaussian.AdapterGradients;
import da3.geometry.gaussian.GaussianAdapter;
import da3.geometry.gaussian.GaussianOptions;
import da3.geometry.splat.SplatGradients;
import da3.geometry.splat.SplatOptions;
import da3.geometry.splat.SplatRasterizer;
import da3.geometry.splat.SplatRendering;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objective of the Gaussian head: Gaussians from the head's output, depths and cameras are rendered at targets and
 * compared with their images and depths. Source: Depth Anything 3, arXiv 2511.10647, which trains the head on a frozen
 * backbone with MSE, LPIPS and a scale-shift-invariant depth loss; the depth loss is a correlation, and the structural
 * similarity replaces LPIPS where the weights of its network are missing.
 *
 * <p>Cameras are constants. Gaussians that the head moves behind their camera are not rendered and have no gradient.
 * The result does not depend on the number of threads of the renderer.
 */
public final class GaussianObjective {

    private final GaussianOptions options;
    private final GaussianAdapter adapter;
    private final GaussianWeights weights;
    private final SplatOptions splats;
    private final Optional<LpipsNetwork> lpips;

    /**
     * Creates an objective without LPIPS.
     *
     * @throws IllegalArgumentException if LPIPS has a weight
     */
    public GaussianObjective(GaussianOptions options, GaussianWeights weights, SplatOptions splats) {
        this(options, weights, splats, Optional.empty());
    }

    /**
     * Creates an objective.
     *
     * @param lpips network of LPIPS; with it, losses are evaluated on the thread of its engine
     * @throws IllegalArgumentException if LPIPS has a weight but no network
     */
    public GaussianObjective(
            GaussianOptions options, GaussianWeights weights, SplatOptions splats, Optional<LpipsNetwork> lpips) {
        if (weights.lpips() > 0 && lpips.isEmpty()) {
            throw Check.invalid("weight of LPIPS without its network", "0", weights.lpips());
        }
        this.lpips = lpips;
        this.options = options;
        this.adapter = new GaussianAdapter(options);
        this.weights = weights;
        this.splats = splats;
    }

    /**
     * Returns the Gaussians of a prediction, one for each pixel, ordered by view and row.
     *
     * @throws IllegalArgumentException if sizes do not match, or a camera is invalid
     */
    public GaussianCloud gaussians(GaussianPrediction prediction) {
        return gaussians(new HeadOutput(prediction, options.channels()));
    }

    private GaussianCloud gaussians(HeadOutput out) {
        GaussianCloud cloud = adapter.adapt(
                out.raw(),
                out.prediction().depths(),
                out.opacityMaps(),
                out.prediction().cameras(),
                Optional.empty());
        hideThoseBehindCameras(cloud);
        return cloud;
    }

    /**
     * Returns the loss of a prediction and its gradients.
     *
     * @throws IllegalArgumentException if sizes do not match, there is no target, or a camera is invalid
     */
    public GaussianLoss evaluate(GaussianPrediction prediction, List<RenderTarget> targets) {
        if (targets.isEmpty()) {
            throw Check.invalid("number of targets", "at least 1", 0);
        }
        HeadOutput out = new HeadOutput(prediction, options.channels());
        if (!isFinite(prediction)) {
            return new GaussianLoss(
                    terms(Double.NaN, Double.NaN, Double.NaN, Double.NaN),
                    Double.NaN,
                    new float[prediction.head().length],
                    new float[out.pixels()]);
        }
        GaussianCloud cloud = gaussians(out);
        SplatGradients sum = SplatGradients.zeros(cloud);
        double[] terms = render(cloud, targets, sum);
        AdapterGradients gradients = adapter.gradients(
                out.raw(),
                prediction.depths(),
                out.opacityMaps(),
                prediction.cameras(),
                Optional.empty(),
                sum.gaussians());
        double total = weights.mse() * terms[0] + weights.ssim() * terms[1] + weights.depth() * terms[2];
        if (weights.lpips() > 0) {
            total += weights.lpips() * terms[3];
        }
        return new GaussianLoss(terms(terms), total, out.gradient(gradients), gradients.depths());
    }

    /** Returns the mean terms of all targets, and adds the gradients of the Gaussians to a sum. */
    private double[] render(GaussianCloud cloud, List<RenderTarget> targets, SplatGradients sum) {
        SplatRasterizer rasterizer = new SplatRasterizer(cloud, splats);
        double share = 1.0 / targets.size();
        RenderingTerms comparison = new RenderingTerms(weights, lpips, share);
        double[] terms = new double[4];
        for (RenderTarget target : targets) {
            SplatRendering rendering = rasterizer.differentiable(target.camera(), target.width(), target.height());
            RenderingTerms.Result result = comparison.evaluate(rendering.image(), target);
            terms[0] += share * result.mse();
            terms[1] += share * result.ssim();
            terms[2] += share * result.depth();
            terms[3] += share * result.lpips();
            sum.addGaussians(rendering.gradients(result.gradients()));
        }
        return terms;
    }

    /** A negative distance from the camera makes scales negative, which cannot be rendered. */
    private static void hideThoseBehindCameras(GaussianCloud cloud) {
        for (int i = 0; i < cloud.size(); i++) {
            if (cloud.scales()[3 * i] < 0) {
                cloud.opacities()[i] = 0;
                for (int axis = 3 * i; axis < 3 * i + 3; axis++) {
                    cloud.scales()[axis] = 0;
                }
            }
        }
    }

    private static boolean isFinite(GaussianPrediction prediction) {
        boolean finite = isFinite(prediction.head());
        for (ScalarMap depth : prediction.depths()) {
            finite &= isFinite(depth.values());
        }
        return finite;
    }

    private static boolean isFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** @param values mse, ssim, depth and LPIPS */
    private Map<String, Double> terms(double... values) {
        Map<String, Double> terms = new LinkedHashMap<>();
        terms.put("mse", values[0]);
        terms.put("ssim", values[1]);
        terms.put("depth", values[2]);
        if (weights.lpips() > 0) {
            terms.put("lpips", values[3]);
        }
        return terms;
    }
}
