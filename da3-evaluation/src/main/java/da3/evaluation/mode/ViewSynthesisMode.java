package da3.evaluation.mode;

import da3.evaluation.EvaluationScene;
import da3.evaluation.ImageDistance;
import da3.evaluation.PredictedScene;
import da3.evaluation.mode.Metric.Better;
import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.metrics.DepthMetrics;
import da3.geometry.metrics.Psnr;
import da3.geometry.metrics.Ssim;
import da3.geometry.splat.PixelSplats;
import da3.geometry.splat.SplatOptions;
import da3.geometry.splat.SplatRasterizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Views that were held out, rendered from a prediction of others ({@link ViewSelection}): with the Gaussians of a model
 * that predicts them, else with one Gaussian for each pixel of the predicted depth. Both have names of their own in the
 * results.
 *
 * <p>Cameras are given to predictors that take them. True cameras are brought into the frame of the prediction by a
 * similarity; a prediction that determines none renders black images. Scenes with fewer than
 * {@value ViewSelection#MIN_VIEWS} views, or whose true cameras determine no similarity, add nothing.
 *
 * <p>Source: paper, benchmark of visual rendering.
 */
final class ViewSynthesisMode implements Mode {

    private static final double MAX_PSNR = 100; // of equal images, whose ratio is infinite
    private static final double NEAR = 0.01; // share of the mean predicted depth

    private final Optional<ImageDistance> lpips;

    /** @param lpips measures rendered views in addition to PSNR and SSIM, if present */
    ViewSynthesisMode(Optional<ImageDistance> lpips) {
        this.lpips = lpips;
    }

    @Override
    public String id() {
        return "view_synthesis";
    }

    @Override
    public String title() {
        return "Rendered views that were held out";
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        for (Source source : Source.values()) {
            metrics.add(Metric.mean(
                    source.id + "_psnr", source.title + ": PSNR, dB", Better.HIGHER, source.sample("psnr")));
            metrics.add(
                    Metric.mean(source.id + "_ssim", source.title + ": SSIM", Better.HIGHER, source.sample("ssim")));
            if (lpips.isPresent()) {
                metrics.add(Metric.mean(
                        source.id + "_lpips", source.title + ": LPIPS", Better.LOWER, source.sample("lpips")));
            }
        }
        return metrics;
    }

    @Override
    public Optional<String> note() {
        return Optional.of(lpips.map(ImageDistance::description)
                .orElse("LPIPS is not measured: no file with its weights was given"));
    }

    @Override
    public void measure(ScenePredictions predictions, Samples into) {
        EvaluationScene scene = predictions.scene();
        Optional<List<Camera>> truth = scene.cameras().filter(SceneAlignment::isDetermined);
        if (truth.isEmpty() || truth.get().size() < ViewSelection.MIN_VIEWS) {
            return;
        }
        ViewSelection selection = ViewSelection.of(truth.get());
        List<Camera> context =
                selection.context().stream().map(truth.get()::get).toList();
        if (!SceneAlignment.isDetermined(context)) {
            return;
        }
        Optional<PredictedScene> predicted = predictions
                .forRendering(selection.context())
                .filter(prediction -> prediction.cameras().isPresent() && prediction.hasDepth());
        if (predicted.isPresent()) {
            Source source = predicted.get().gaussians().isPresent() ? Source.GAUSSIANS : Source.PIXELS;
            Optional<Sim3> toTruth =
                    SceneAlignment.of(context, predicted.get().cameras().orElseThrow());
            Optional<Renderer> renderer = toTruth.map(similarity -> Renderer.of(predicted.get(), similarity.inverse()));
            for (int view : selection.heldOut()) {
                Image real = scene.images().get(view);
                Image rendered = renderer.map(r -> r.render(truth.get().get(view), real.width(), real.height()))
                        .orElseGet(() -> black(real));
                compare(rendered, real, source, into);
            }
        }
    }

    private void compare(Image rendered, Image real, Source source, Samples into) {
        into.add(source.sample("psnr"), Math.min(MAX_PSNR, Psnr.of(rendered, real)));
        if (Math.min(real.width(), real.height()) >= Ssim.WINDOW) {
            into.add(source.sample("ssim"), Ssim.of(rendered, real));
        }
        lpips.filter(distance -> Math.min(real.width(), real.height()) >= distance.minSide())
                .ifPresent(distance -> into.add(source.sample("lpips"), distance.between(rendered, real)));
    }

    private static Image black(Image like) {
        return new Image(like.width(), like.height(), new byte[like.rgb().length]);
    }

    /** Renders a prediction for cameras in the frame of the truth. */
    private record Renderer(SplatRasterizer rasterizer, Sim3 toPrediction) {

        static Renderer of(PredictedScene predicted, Sim3 toPrediction) {
            List<View> views = predicted.views();
            GaussianCloud cloud = predicted
                    .gaussians()
                    .orElseGet(() -> PixelSplats.merged(new Scene(views, Optional.empty(), false)));
            double meanDepth = DepthMetrics.mean(DepthMetrics.depths(views));
            SplatOptions options = SplatOptions.defaults().withNear(NEAR * meanDepth);
            return new Renderer(new SplatRasterizer(cloud, options), toPrediction);
        }

        Image render(Camera camera, int width, int height) {
            Camera moved = new Camera(toPrediction.applyToPose(camera.pose()), camera.intrinsics());
            return rasterizer.render(moved, width, height).toImage();
        }
    }

    /** The Gaussians that are rendered. */
    private enum Source {
        GAUSSIANS("gaussians", "Gaussian head"),
        PIXELS("pixel_splats", "One Gaussian a pixel");

        private final String id;
        private final String title;

        Source(String id, String title) {
            this.id = id;
            this.title = title;
        }

        private String sample(String name) {
            return "view_synthesis." + id + "." + name;
        }
    }
}
