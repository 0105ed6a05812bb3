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

/** Finds out by itself what it was given. */
@Command(
        name = "auto",
        mixinStandardHelpOptions = true,
        modelTransformer = JobOptionSpecs.WithCameras.class,
        description =
                "Predicts from a photo, a folder of photos, a video or a folder of COLMAP's; without INPUT, from two "
                        + "built-in pictures.")
final class AutoCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "INPUT",
            description = "A photo, a folder of photos, a video, or a folder of COLMAP's.")
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
        if (input != null && ColmapMixin.isOne(input)) {
            return colmap.run(
                    input,
                    predict,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        }
        return predict.run(
                photos(), spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    private List<PredictMixin.Photo> photos() throws IOException {
        if (input == null) {
            return SamplePictures.photos();
        }
        if (Files.isDirectory(input)) {
            return ImagesCommand.photos(input);
        }
        if (VideoReader.hasVideoExtension(input)) {
            return video.photos(input, spec.commandLine().getErr());
        }
        return List.of(PredictMixin.Photo.of(input));
    }
}
