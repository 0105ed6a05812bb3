package da3.train.mode.gaussian;

import da3.geometry.GaussianCloud;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.splat.PixelSplats;
import da3.geometry.splat.SplatImage;
import da3.geometry.splat.SplatOptions;
import da3.geometry.splat.SplatRasterizer;
import da3.train.data.Batch;
import da3.train.data.TrainingScene;
import da3.train.mode.Validation;
import da3.train.model.RoundGaussians;
import da3.train.objective.GaussianObjective;
import da3.train.objective.GaussianPrediction;
import da3.train.objective.RenderTarget;
import da3.train.worker.Workers;
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
    GaussianValidation(List<TrainingScene> scenes, int pictures, GaussianObjective objective, RoundGaussians round) {
        this.batches =
                scenes.stream().map(scene -> new Batch(List.of(scene), false)).toList();
        this.pictures = pictures;
        this.objective = objective;
        this.round = round;
    }

    @Override
    public Result measure(Workers<List<PlacedGaussians>> workers) {
        RenderingScores head = new RenderingScores();
        RenderingScores isotropic = new RenderingScores();
        RenderingScores merged = new RenderingScores();
        List<Image> drawn = new ArrayList<>();
        for (List<PlacedGaussians> one : workers.onBatches(batches, worker -> worker::predict)) {
            PlacedGaussians scene = one.get(0);
            List<SplatImage> heads = render(objective.gaussians(scene.prediction()), scene);
            List<SplatImage> balls = render(isotropic(scene), scene);
            List<SplatImage> fitted = render(PixelSplats.merged(scene(scene)), scene);
            for (int i = 0; i < balls.size(); i++) {
                Image truth = image(scene.targets().get(i));
                ScalarMap coverage = balls.get(i).alpha();
                head.add(heads.get(i).toImage(), truth, coverage);
                isotropic.add(balls.get(i).toImage(), truth, coverage);
                merged.add(fitted.get(i).toImage(), truth, coverage);
            }
            if (drawn.size() < pictures) {
                drawn.add(image(scene.targets().get(0))
                        .appendRight(heads.get(0).toImage())
                        .appendRight(balls.get(0).toImage()));
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        head.put(metrics, "");
        isotropic.put(metrics, "_isotropic");
        merged.put(metrics, "_merged");
        return new Result(metrics, drawn);
    }

    private static List<SplatImage> render(GaussianCloud cloud, PlacedGaussians scene) {
        SplatRasterizer rasterizer = new SplatRasterizer(cloud, SplatOptions.defaults());
        return scene.targets().stream()
                .map(target -> rasterizer.render(target.camera(), target.width(), target.height()))
                .toList();
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
