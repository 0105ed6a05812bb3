package da3.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How photos with cameras are taken from a folder of COLMAP's. */
final class ColmapMixin {

    private static final String PHOTOS = "images";
    private static final String MODELS = "sparse";

    @Option(
            names = "--sparse-subdir",
            paramLabel = "NAME",
            defaultValue = "",
            description = "COLMAP: folder below sparse/ that holds the model; default sparse/ itself.")
    private String model;

    @Option(
            names = "--align-to-input-ext-scale",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "COLMAP: bring depth to the unit of the given cameras, or move these to where the network "
                    + "sees them; default ${DEFAULT-VALUE}.")
    private boolean alignDepth;

    /** Whether a folder looks like one of COLMAP's. */
    static boolean isOne(Path folder) {
        return Files.isDirectory(folder.resolve(PHOTOS)) && Files.isDirectory(folder.resolve(MODELS));
    }

    int run(Path folder, PredictMixin predict, PrintWriter out, PrintWriter err) throws IOException {
        Path models = folder.resolve(MODELS);
        ColmapInput input =
                ColmapInput.read(folder.resolve(PHOTOS), model.isEmpty() ? models : models.resolve(model), err);
        return predict.run(
                input.photos(),
                request ->
                        request.withCameras(input.poses(), input.intrinsics()).withAlignDepth(alignDepth),
                out,
                err);
    }
}
