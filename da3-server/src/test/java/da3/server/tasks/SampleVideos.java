package da3.server.tasks;

import da3.geometry.Image;
import da3.video.VideoOptions;
import da3.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Path;

/** Writes black videos. */
final class SampleVideos {

    private SampleVideos() {}

    static Path black(Path file, int frames, double framesPerSecond) throws IOException {
        try (VideoWriter writer =
                VideoWriter.create(file, 32, 32, VideoOptions.defaults().withFramesPerSecond(framesPerSecond))) {
            for (int i = 0; i < frames; i++) {
                writer.write(new Image(32, 32, new byte[3 * 32 * 32]));
            }
            return writer.commit();
        }
    }
}
