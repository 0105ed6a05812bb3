package da3.cli;

import da3.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prediction from any kind of input. */
@Command(
        name = "auto",
        mixinStandardHelpOptions = true,
        modelTransformer = JobOptionSpecs.WithCameras.class,
        description =
                "Predicts from an image, a folder of images, a video or a COLMAP folder. Without INPUT, uses two built-in "
                        + "sample images.")
final class AutoCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "INPUT",
            description = "Image, folder of images, video, or COLMAP folder.")
    private Path input;

    @Mixin
    private VideoMixin video;

    @Mixin
    private ColmapMixin colmap;

    @Mixin
    private PredictMixin predict;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (input != null && !Files.exists(input)) {
            throw new NoSuchFileException(input.toString(), null, "does not exist");
        }
        if (input != null && ColmapMixin.isColmapFolder(input)) {
            return colmap.run(
                    input,
                    predict,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        }
        return predict.run(
                images(), spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    private List<InputImage> images() throws IOException {
        if (input == null) {
            return SampleImages.all();
        }
        if (Files.isDirectory(input)) {
            return ImagesCommand.images(input);
        }
        if (VideoReader.hasVideoExtension(input)) {
            return video.frames(input, spec.commandLine().getErr());
        }
        return List.of(InputImage.of(input));
    }
}
