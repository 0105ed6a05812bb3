package da3.cli;

import da3.io.Images;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All photos of a folder, as views of one place. */
@Command(
        name = "images",
        mixinStandardHelpOptions = true,
        modelTransformer = JobOptionSpecs.WithoutCameras.class,
        description = "Predicts from all photos of a folder, as views of one place.")
final class ImagesCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "DIR", description = "A folder of photos (PNG, JPEG, WebP, BMP or TIFF).")
    private Path folder;

    @Mixin
    private PredictMixin predict;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return predict.run(
                photos(folder), spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    static List<PredictMixin.Photo> photos(Path folder) throws IOException {
        return Images.list(folder).stream().map(PredictMixin.Photo::of).toList();
    }
}
