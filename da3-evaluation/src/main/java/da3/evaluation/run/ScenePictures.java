package da3.evaluation.run;

import da3.evaluation.mode.ScenePredictions;
import da3.evaluation.mode.SurfacePicture;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.metrics.DepthMetrics;
import da3.io.DepthComparison;
import da3.io.ExportDirectory;
import da3.io.PngWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Draws the first view of some scenes: image, true depth, predicted depth and error in a row, then the surfaces of the true
 * and the predicted depth where there are any.
 */
final class ScenePictures {

    private static final String FOLDER = "pictures";

    private final List<String> scenes;
    private final boolean surfaces;

    /**
     * Chooses scenes.
     *
     * @param suite ids of all scenes
     * @param count number of scenes to draw, spread evenly; all if there are fewer
     * @param surfaces whether surfaces are drawn
     */
    ScenePictures(List<String> suite, int count, boolean surfaces) {
        Check.atLeast("pictures", 0, count);
        this.surfaces = surfaces;
        int drawn = Math.min(count, suite.size());
        // Not a constant stride: families and sizes alternate, and a stride could select only one of them.
        this.scenes = IntStream.range(0, drawn)
                .mapToObj(i -> suite.get((int) ((long) i * (suite.size() - 1) / Math.max(1, drawn - 1))))
                .toList();
    }

    int count() {
        return scenes.size();
    }

    /** Draws a prediction; empty unless its scene was chosen and both it and the truth have depth. */
    Optional<Image> of(ScenePredictions predictions) {
        if (!scenes.contains(predictions.scene().id())) {
            return Optional.empty();
        }
        View truth = predictions.scene().views().get(0);
        ScalarMap depth = predictions.together().views().get(0).depth();
        if (!(DepthMetrics.mean(depth.values()) > 0
                && DepthMetrics.mean(truth.depth().values()) > 0)) {
            return Optional.empty();
        }
        ScalarMap scaled = depth.scaled(
                DepthMetrics.medianScale(depth.values(), truth.depth().values()));
        Image depths = DepthComparison.of(truth.image(), scaled, truth.depth());
        Optional<Image> fused = surfaces ? SurfacePicture.of(predictions) : Optional.empty();
        return Optional.of(fused.map(depths::appendRight).orElse(depths));
    }

    /** Writes the picture of a scene and a predictor. */
    static void write(Image picture, String scene, int predictor, ExportDirectory directory) throws IOException {
        directory.write(path(scene, predictor), out -> PngWriter.write(picture, out));
    }

    /** Returns the existing pictures, ordered by scene. */
    List<ScenePicture> drawn(ExportDirectory directory, int predictors) {
        List<ScenePicture> pictures = new ArrayList<>();
        for (String scene : scenes) {
            for (int predictor = 0; predictor < predictors; predictor++) {
                Path file = directory.root().resolve(path(scene, predictor));
                if (Files.exists(file)) { // a scene that failed has none
                    pictures.add(new ScenePicture(scene, predictor, file));
                }
            }
        }
        return pictures;
    }

    /** Deletes all pictures of an earlier evaluation. */
    static void discard(ExportDirectory directory) throws IOException {
        Path folder = directory.root().resolve(FOLDER);
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> pictures = Files.newDirectoryStream(folder, "*-[0-9]*.png")) {
                for (Path picture : pictures) {
                    Files.delete(picture);
                }
            }
        }
    }

    private static String path(String scene, int predictor) {
        return FOLDER + "/" + scene + "-" + predictor + ".png";
    }
}
