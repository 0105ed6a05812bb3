package da3.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Reads photos with cameras from a COLMAP folder. */
@HelpGroup.In(HelpGroup.INPUT)
final class ColmapMixin {

    private static final String PHOTOS = "images";
    private static final String MODELS = "sparse";

    @Option(
            names = "--sparse-subdir",
            paramLabel = "NAME",
            defaultValue = "",
            description = "COLMAP: folder below sparse/ that holds the model; default sparse/ itself.")
    private String model;

    /** Returns whether a folder looks like a COLMAP folder. */
    static boolean isOne(Path folder) {
        return Files.isDirectory(folder.resolve(PHOTOS)) && Files.isDirectory(folder.resolve(MODELS));
    }

    int run(Path folder, PredictMixin predict, PrintWriter out, PrintWriter err) throws IOException {
        Path models = folder.resolve(MODELS);
        ColmapInput input =
                ColmapInput.read(folder.resolve(PHOTOS), model.isEmpty() ? models : models.resolve(model), err);
        return predict.run(input.photos(), input.priors(), out, err);
    }
}
