package da3.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prediction from frames of a video. */
@Command(
        name = "video",
        mixinStandardHelpOptions = true,
        modelTransformer = JobOptionSpecs.WithoutCameras.class,
        description = "Predicts from frames of a video, as views of one scene.")
final class VideoCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "Video file (MP4, MOV, M4V, MKV, WebM, AVI, FLV or WMV).")
    private Path file;

    @Mixin
    private VideoMixin video;

    @Mixin
    private PredictMixin predict;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        return predict.run(video.frames(file, err), spec.commandLine().getOut(), err);
    }
}
