package da3.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prediction from one image. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        modelTransformer = JobOptionSpecs.WithoutCameras.class,
        description = "Predicts from one image.")
final class ImageCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "Image file (PNG, JPEG, WebP, BMP, TIFF or HEIC).")
    private Path file;

    @Mixin
    private PredictMixin predict;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return predict.run(
                List.of(InputImage.of(file)),
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
    }
}
