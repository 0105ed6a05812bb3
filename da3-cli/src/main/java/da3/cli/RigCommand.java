package da3.cli;

import da3.io.rig.RigImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prediction from the images of a rig at one instant. */
@Command(
        name = "rig",
        mixinStandardHelpOptions = true,
        modelTransformer = JobOptionSpecs.WithoutCameras.class,
        description =
                "Predicts from the images that rigidly mounted cameras took at one instant, in meters. Their views "
                        + "need not overlap.")
final class RigCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "Folder with an image for each camera, named after it, or with a folder of images for each "
                    + "camera, where images of an instant have the same name.")
    private Path folder;

    @Mixin
    private RigMixin rig;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--instant",
            paramLabel = "NAME",
            description = "Name of the images to use, without extension. Default: the first one.")
    private String instant;

    @Mixin
    private PredictMixin predict;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        if (!rig.isGiven()) {
            throw new IllegalArgumentException("--rig is missing: the calibration of the cameras");
        }
        RigSequence sequence = rig.read(folder, err);
        List<RigImages> instants = sequence.instants();
        RigImages images = instant == null ? instants.get(0) : RigImages.named(instants, instant);
        RigInput input = RigInput.of(sequence.rig(), images);
        return predict.run(input, spec.commandLine().getOut(), err);
    }
}
