package da3.streaming.frame;

import da3.video.VideoReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The frames of a video at a requested rate. */
final class VideoFrames implements FrameSource {

    private final Path file;
    private final double fps;

    VideoFrames(Path file, double fps) {
        this.file = file;
        this.fps = fps;
    }

    @Override
    public FrameStream open() throws IOException {
        VideoReader reader = VideoReader.open(file, fps);
        double interval = reader.interval() / reader.framesPerSecond();
        return new FrameStream() {
            private long next;

            @Override
            public Optional<Frame> next() throws IOException {
                try {
                    if (!reader.hasNext()) {
                        return Optional.empty();
                    }
                    long number = next++;
                    String name = String.format(Locale.ROOT, "frame_%06d.png", number);
                    return Optional.of(new Frame(number, number * interval, name, reader.next()));
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    @Override
    public String description() {
        return "video " + file.getFileName() + " at " + fps + " frames per second";
    }
}
