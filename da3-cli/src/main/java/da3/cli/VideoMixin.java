package da3.cli;

import da3.geometry.Image;
import da3.video.VideoReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Selection of frames of a video. */
@HelpGroup.In(HelpGroup.INPUT)
final class VideoMixin {

    @Option(
            names = "--fps",
            paramLabel = "N",
            defaultValue = "1.0",
            description = "Number of frames to use per second of video. Default: ${DEFAULT-VALUE}.")
    private double fps;

    /** Returns the selected frames, decoded. */
    List<InputImage> frames(Path file, PrintWriter err) throws IOException {
        List<InputImage> frames = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(file, fps)) {
            double videoRate = reader.framesPerSecond();
            if (fps > videoRate) {
                err.printf(
                        Locale.ROOT,
                        "da3: %s has %.2f frames per second, fewer than --fps %.2f: all frames are used%n",
                        file,
                        videoRate,
                        fps);
            }
            while (reader.hasNext()) {
                Image frame = reader.next();
                String name = String.format(Locale.ROOT, "frame_%06d.png", frames.size());
                frames.add(InputImage.computed(name, () -> frame));
            }
            err.printf(
                    Locale.ROOT,
                    "da3: %d frames of %dx%d, %.2f per second%n",
                    frames.size(),
                    reader.width(),
                    reader.height(),
                    videoRate / reader.interval());
        }
        err.flush();
        return frames;
    }
}
