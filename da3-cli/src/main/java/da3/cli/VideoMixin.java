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

/** How frames are taken from a video. */
@HelpGroup.In(HelpGroup.INPUT)
final class VideoMixin {

    @Option(
            names = "--fps",
            paramLabel = "N",
            defaultValue = "1.0",
            description = "Video: frames taken a second; default ${DEFAULT-VALUE}.")
    private double fps;

    /** Views are predicted together, so that all are held; the video itself is not. */
    List<PredictMixin.Photo> photos(Path file, PrintWriter err) throws IOException {
        List<PredictMixin.Photo> photos = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(file, fps)) {
            double most = reader.framesPerSecond();
            if (fps > most) {
                err.printf(
                        Locale.ROOT,
                        "da3: %s has %.2f frames a second, fewer than --fps %.2f: every frame is taken%n",
                        file,
                        most,
                        fps);
            }
            while (reader.hasNext()) {
                Image frame = reader.next();
                String name = String.format(Locale.ROOT, "frame_%06d.png", photos.size());
                photos.add(PredictMixin.Photo.made(name, () -> frame));
            }
            err.printf(
                    Locale.ROOT,
                    "da3: %d frames of %dx%d, %.2f a second%n",
                    photos.size(),
                    reader.width(),
                    reader.height(),
                    most / reader.interval());
        }
        err.flush();
        return photos;
    }
}
