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

/** Prediction from all images of a folder. */
@Command(
        name = "images",
        mixinStandardHelpOptions = true,
        modelTransformer = JobOptionSpecs.WithoutCameras.class,
        description = "Predicts from all images of a folder, as views of one scene.")
final class ImagesCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder of images (PNG, JPEG, WebP, BMP, TIFF or HEIC).")
    private Path folder;

    @Mixin
    private PredictMixin predict;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return predict.run(
                images(folder), spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    /** Returns the images of a folder in the order of their names. */
    static List<InputImage> images(Path folder) throws IOException {
        return Images.list(folder).stream().map(InputImage::of).toList();
    }
}
