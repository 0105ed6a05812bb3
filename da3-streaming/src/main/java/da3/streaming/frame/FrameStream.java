package da3.streaming.frame;

import java.io.IOException;
import java.util.Optional;

/** The frames of a source, from the first to the last. */
public interface FrameStream extends AutoCloseable {

    /**
     * Returns the next frame; empty after the last.
     *
     * @throws IOException if the source is damaged or cannot be read further
     */
    Optional<Frame> next() throws IOException;

    /**
     * Skips frames, as if {@link #next} had returned them; stops at the end.
     *
     * @throws IOException if the source is damaged or cannot be read further
     */
    default void skip(int count) throws IOException {
        for (int i = 0; i < count && next().isPresent(); i++) {
            // reading is skipping
        }
    }

    @Override
    void close() throws IOException;
}
