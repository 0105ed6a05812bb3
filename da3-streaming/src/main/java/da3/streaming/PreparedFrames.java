package da3.streaming;

import da3.geometry.Image;
import da3.geometry.check.Check;
import da3.streaming.frame.Frame;
import da3.streaming.frame.FrameStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;

/** The frames of a stream, resized for a predictor. A failure of the stream ends them. */
final class PreparedFrames {

    private final FrameStream stream;
    private final WindowPredictor predictor;
    private Optional<Frame> next = Optional.empty();
    private Optional<IOException> failure = Optional.empty();
    private boolean ended;

    PreparedFrames(FrameStream stream, WindowPredictor predictor) {
        this.stream = stream;
        this.predictor = predictor;
    }

    /** Returns the next frame, without taking it; empty at the end or after a failure. */
    Optional<Frame> next() throws InterruptedIOException {
        if (next.isEmpty() && !ended) {
            try {
                next = stream.next().map(predictor::prepare);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                failure = Optional.of(e);
            }
            ended = next.isEmpty();
        }
        return next;
    }

    Frame take() {
        Frame taken = next.orElseThrow();
        next = Optional.empty();
        return taken;
    }

    /** Adds frames to a window until it is full or there are no more. */
    void fill(List<Frame> window, int size) throws InterruptedIOException {
        while (window.size() < size && next().isPresent()) {
            window.add(take());
        }
    }

    /** Leaves out frames, before the first call of {@link #next} or directly after {@link #take}. */
    void skip(int count) throws IOException {
        try {
            stream.skip(count);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            failure = Optional.of(e);
            ended = true;
        }
    }

    /** Returns the failure that ended the frames, if one did. */
    Optional<IOException> failure() {
        return failure;
    }

    /** Requires that the frames of a window have one size. */
    static void requireOneSize(List<Frame> frames) {
        Image first = frames.get(0).image();
        for (Frame frame : frames) {
            if (frame.image().width() != first.width() || frame.image().height() != first.height()) {
                throw Check.invalid(
                        "processing size of " + frame.name(),
                        first.width() + "x" + first.height() + " as of "
                                + frames.get(0).name(),
                        frame.image().width() + "x" + frame.image().height());
            }
        }
    }
}
