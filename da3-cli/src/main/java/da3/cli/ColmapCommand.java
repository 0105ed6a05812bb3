package da3.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prediction from images with cameras from COLMAP. */
@Command(
        name = "colmap",
        mixinStandardHelpOptions = true,
        modelTransformer = JobOptionSpecs.WithCameras.class,
        description = "Predicts from images with cameras from COLMAP.")
final class ColmapCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "DIR", description = "COLMAP folder with images/ and sparse/.")
    private Path folder;

    @Mixin
    private ColmapMixin colmap;

    @Mixin
    private PredictMixin predict;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return colmap.run(
                folder, predict, spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
