package da3.streaming.frame;

import da3.video.LiveFrame;
import da3.video.LiveInput;
import da3.video.LiveOptions;
import da3.video.LiveVideo;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The frames of a camera, a pipe or a network stream while they come in. The end of the source is the end of the frames,
 * also if a camera is unplugged or stalls; {@link #ending} says why. Times begin at 0 in each run.
 */
public final class LiveFrames implements FrameSource {

    private final LiveInput input;
    private final LiveOptions options;
    private volatile LiveVideo video; // the most recently opened video; null before

    LiveFrames(LiveInput input, LiveOptions options) {
        this.input = input;
        this.options = options;
    }

    /**
     * Begins to read the source. With a duration of 0 there are no frames, and the source is not opened.
     *
     * @see #ending
     */
    @Override
    public FrameStream open() throws IOException {
        if (options.duration().equals(Optional.of(Duration.ZERO))) {
            return new NoFrames();
        }
        LiveVideo opened = LiveVideo.open(input, options);
        video = opened;
        long start = System.currentTimeMillis(); // makes names unique if a later run adds frames to the map
        return new FrameStream() {
            private long next;

            @Override
            public Optional<Frame> next() throws IOException {
                return opened.next().map(this::frame);
            }

            private Frame frame(LiveFrame live) {
                String name = String.format(Locale.ROOT, "live_%d_%06d.png", start, next);
                return new Frame(next++, live.seconds(), name, live.image());
            }

            @Override
            public void close() throws IOException {
                opened.close();
            }
        };
    }

    private static final class NoFrames implements FrameStream {

        @Override
        public Optional<Frame> next() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    /** Returns why the frames have ended, in a sentence; empty before the end and before they are opened. */
    public Optional<String> ending() {
        return Optional.ofNullable(video).flatMap(LiveVideo::ending);
    }

    /** Returns the number of frames that were dropped because the predictor was slower. */
    public long dropped() {
        return video == null ? 0 : video.dropped();
    }

    @Override
    public String description() {
        return "live " + input + " at " + options.framesPerSecond() + " frames per second";
    }

    @Override
    public boolean repeatable() {
        return false;
    }
}
