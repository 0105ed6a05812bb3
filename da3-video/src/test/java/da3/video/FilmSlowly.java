package da3.video;

import da3.geometry.Image;
import java.io.IOException;
import java.nio.file.Path;

/** A process that starts to write a video, prints a line, and then pauses for a minute. */
final class FilmSlowly {

    private FilmSlowly() {}

    public static void main(String[] target) throws IOException, InterruptedException {
        try (VideoWriter writer = VideoWriter.create(Path.of(target[0]), 32, 32, VideoOptions.defaults())) {
            writer.write(new Image(32, 32, new byte[3 * 32 * 32]));
            System.out.println("begun");
            Thread.sleep(60_000);
        }
    }
}
