package da3.train.run;

import da3.geometry.GaussianCloud;
import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.metrics.Psnr;
import da3.geometry.metrics.Ssim;
import da3.geometry.splat.PixelSplats;
import da3.geometry.splat.SplatOptions;
import da3.geometry.splat.SplatRasterizer;
import da3.train.data.Batch;
import da3.train.data.TrainingScene;
import da3.train.objective.GaussianObjective;
import da3.train.objective.GaussianPrediction;
import da3.train.objective.RenderTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The validation of a Gaussian head: held-out views are rendered and compared with their images. Two kinds of Gaussians
 * that need no head are rendered on the same depth and cameras: one ball for each pixel ({@code isotropic}), and
 * {@link PixelSplats#merged} ({@code merged}), whose colors are fitted to the input views.
 */
final class GaussianValidation implements Validation<List<PlacedGaussians>> {

    private static final double MAX_PSNR = 100; // of equal images, whose ratio is infinite

    /** Standard deviation of the balls in pixels, and their opacity. */
    private static final double DEVIATION = 0.5;

    private static final double OPACITY = 0.95;

    private final List<Batch> batches;
    private final int pictures;
    private final GaussianObjective objective;
    private final RoundGaussians round;

    /**
     * Creates a validation on scenes.
     *
     * @param scenes scenes at their final size, all of the same shape
     * @param pictures number of scenes to draw
     * @param objective decodes the output of the head
     */
    GaussianValidation(
            List<TrainingScene> scenes, int pictures, GaussianObjective objective, RoundGaussians round) {
        this.batches =
                scenes.stream().map(scene -> new Batch(List.of(scene), false)).toList();
        this.pictures = pictures;
        this.objective = objective;
        this.round = round;
    }

    @Override
    public Result measure(Workers<List<PlacedGaussians>> workers) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        List<Image> drawn = new ArrayList<>();
        for (List<PlacedGaussians> one : workers.onBatches(batches, worker -> worker::predict)) {
            PlacedGaussians scene = one.get(0);
            List<Image> head = compare(objective.gaussians(scene.prediction()), scene, "", metrics);
            List<Image> balls = compare(isotropic(scene), scene, "_isotropic", metrics);
            compare(PixelSplats.merged(scene(scene)), scene, "_merged", metrics);
            if (drawn.size() < pictures) {
                drawn.add(image(scene.targets().get(0)).appendRight(head.get(0)).appendRight(balls.get(0)));
            }
        }
        metrics.replaceAll((name, sum) -> sum / batches.size());
        return new Result(metrics, drawn);
    }

    /** Renders the held-out views, and adds their mean metrics. */
    private static List<Image> compare(
            GaussianCloud cloud, PlacedGaussians scene, String suffix, Map<String, Double> metrics) {
        SplatRasterizer rasterizer = new SplatRasterizer(cloud, SplatOptions.defaults());
        List<Image> rendered = new ArrayList<>();
        double share = 1.0 / scene.targets().size();
        for (RenderTarget target : scene.targets()) {
            Image image = rasterizer
                    .render(target.camera(), target.width(), target.height())
                    .toImage();
            Image truth = image(target);
            metrics.merge("psnr" + suffix, share * Math.min(MAX_PSNR, Psnr.of(image, truth)), Double::sum);
            metrics.merge("ssim" + suffix, share * Ssim.of(image, truth), Double::sum);
            rendered.add(image);
        }
        return rendered;
    }

    private GaussianCloud isotropic(PlacedGaussians scene) {
        GaussianPrediction p = scene.prediction();
        float[] head = round.ofImages(scene.inputs().rgb(), DEVIATION, OPACITY);
        return objective.gaussians(new GaussianPrediction(head, p.depths(), p.cameras()));
    }

    private static Scene scene(PlacedGaussians scene) {
        TrainingScene inputs = scene.inputs();
        int values = 3 * inputs.rows() * inputs.columns();
        List<View> views = new ArrayList<>();
        for (int view = 0; view < inputs.views(); view++) {
            byte[] rgb = Arrays.copyOfRange(inputs.rgb(), view * values, (view + 1) * values);
            views.add(new View(
                    new Image(inputs.columns(), inputs.rows(), rgb),
                    scene.prediction().depths().get(view),
                    Optional.empty(),
                    Optional.of(scene.prediction().cameras().get(view)),
                    Optional.empty()));
        }
        return new Scene(views, Optional.empty(), false);
    }

    private static Image image(RenderTarget target) {
        byte[] rgb = new byte[target.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.round(255 * target.rgb()[i]);
        }
        return new Image(target.width(), target.height(), rgb);
    }
}
