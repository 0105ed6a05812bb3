package da3.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Prediction from a COLMAP folder. */
@HelpGroup.In(HelpGroup.INPUT)
final class ColmapMixin {

    private static final String IMAGES = "images";
    private static final String MODELS = "sparse";

    @Option(
            names = "--sparse-subdir",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Folder inside sparse/ that contains the COLMAP model. Default: sparse/ itself.")
    private String model;

    /** Returns whether a folder contains the folders {@code images} and {@code sparse} of COLMAP. */
    static boolean isColmapFolder(Path folder) {
        return Files.isDirectory(folder.resolve(IMAGES)) && Files.isDirectory(folder.resolve(MODELS));
    }

    int run(Path folder, PredictMixin predict, PrintWriter out, PrintWriter err) throws IOException {
        Path models = folder.resolve(MODELS);
        ColmapInput input =
                ColmapInput.read(folder.resolve(IMAGES), model.isEmpty() ? models : models.resolve(model), err);
        return predict.run(input.images(), input.priors(), out, err);
    }
}
