package da3.video;

import da3.geometry.Image;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Reads a camera, a pipe or a stream from a network while it comes in. A thread decodes it, so that a slow consumer does
 * not delay it: at most {@value #CAPACITY} frames wait, and of more some are {@linkplain #dropped dropped}, evenly over
 * time and never the newest one.
 *
 * <p>The video ends when its source ends or fails, when no frame arrives for {@link LiveOptions#stall}, and after
 * {@link LiveOptions#duration}. Frames that have arrived by then are still returned, and {@link #ending} says why.
 */
public final class LiveVideo implements AutoCloseable {

    /** Maximum number of frames that wait. */
    public static final int CAPACITY = 16;

    /** Time that the decoding thread gets to end, in milliseconds. */
    private static final long PATIENCE_MILLIS = 5000;

    private static final long RETRY_MILLIS = 100;

    private final LiveInput input;
    private final LiveOptions options;
    private final FrameQueue queue = new FrameQueue(CAPACITY);
    private final LiveDecoder decoder;
    private final Thread thread;
    private volatile IOException failure; // to open the source or to convert its frames
    private volatile VideoException defect; // the failure, if it is none of the source
    private volatile String ending; // why the decoding thread has ended
    private boolean stalled;
    private boolean delivered;

    private LiveVideo(LiveInput input, LiveOptions options, LiveDecoder decoder) {
        this.input = input;
        this.options = options;
        this.decoder = decoder;
        thread = new Thread(this::decode, "da3-live-video");
        thread.setDaemon(true);
    }

    /** Begins to read a source, without waiting for its first frame. */
    public static LiveVideo open(LiveInput input, LiveOptions options) {
        return open(input, options, new LiveDecoder(input));
    }

    static LiveVideo open(LiveInput input, LiveOptions options, LiveDecoder decoder) {
        LiveVideo video = new LiveVideo(input, options, decoder);
        video.thread.start();
        return video;
    }

    private void decode() {
        try (LiveDecoder open = decoder;
                FramePixels pixels = new FramePixels(input)) {
            open.open();
            LiveClock clock = new LiveClock(options.framesPerSecond());
            double end = options.duration().map(limit -> limit.toNanos() / 1e9).orElse(Double.POSITIVE_INFINITY);
            ending = "has ended";
            for (AVFrame frame = open.next(); frame != null; frame = open.next()) {
                queue.arrived();
                double seconds = clock.seconds(
                        frame.best_effort_timestamp(), open.stream().timeBase(), System.nanoTime());
                if (seconds >= end) {
                    ending = "has been read for " + end + " s";
                    break;
                }
                if (clock.accepts(seconds)) {
                    queue.add(new LiveFrame(seconds, image(frame, pixels)));
                }
            }
            open.failure().ifPresent(reason -> ending = "cannot be read any further (" + reason + ")");
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) { // on this thread, nobody else would learn of it
            VideoException unexpected = new VideoException(input, "cannot be decoded (" + e + ")");
            unexpected.initCause(e);
            defect = unexpected;
            failure = unexpected;
        } finally {
            queue.end();
        }
    }

    private Image image(AVFrame frame, FramePixels pixels) throws VideoException {
        int width = (int) Math.max(1, Math.rint(frame.width() * decoder.stream().pixelAspect(frame)));
        VideoStream.requireSize(input, width, frame.height());
        return decoder.stream().upright().turn(pixels.image(frame, width, frame.height()));
    }

    /**
     * Returns the next frame and waits for it; empty at the end.
     *
     * @throws IOException if the source cannot be opened or delivers no frame at all, or, after the frames that have
     *     arrived, if decoding has failed with an unchecked exception or an error, which is the cause
     * @throws InterruptedIOException if the thread is interrupted
     */
    public Optional<LiveFrame> next() throws IOException {
        try {
            Optional<LiveFrame> frame = queue.take(options.stall());
            if (frame.isEmpty() && !queue.ended()) {
                stalled = true;
                stop();
                queue.end(); // even if the source does not react
                frame = queue.take(options.stall());
            }
            delivered |= frame.isPresent();
            if (frame.isEmpty() && defect != null) {
                throw defect;
            }
            if (!delivered) {
                throw failure != null && !stalled ? failure : new VideoException(input, reason());
            }
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(input + ": reading was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private String reason() {
        String limit = options.stall().toMillis() / 1000.0 + " s";
        if (!delivered) {
            return stalled ? "has delivered no frame within " + limit : "has delivered no frame";
        }
        return stalled ? "has delivered no frame for " + limit : ending;
    }

    /**
     * Returns why the video has ended, in a sentence; empty before its end.
     *
     * @see #next
     */
    public Optional<String> ending() {
        if (!queue.ended()) {
            return Optional.empty();
        }
        return Optional.of(failure != null && !stalled ? failure.getMessage() : input + " " + reason());
    }

    /** Returns the number of frames that were dropped because the consumer was slower, apart from the skipped ones. */
    public long dropped() {
        return queue.dropped();
    }

    /** Ends the reading and waits until the decoding thread has released the source. */
    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the thread ends later
        }
    }

    private void stop() throws IOException, InterruptedException {
        for (long waited = 0; thread.isAlive() && waited < PATIENCE_MILLIS; waited += RETRY_MILLIS) {
            decoder.stop();
            thread.join(RETRY_MILLIS);
        }
    }
}
