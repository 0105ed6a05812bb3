package da3.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Photos whose cameras COLMAP has found. */
@Command(
        name = "colmap",
        mixinStandardHelpOptions = true,
        modelTransformer = JobOptionSpecs.WithCameras.class,
        description = "Predicts from photos and the cameras that COLMAP found for them.")
final class ColmapCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "A folder with images/ and sparse/, as COLMAP leaves it.")
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
