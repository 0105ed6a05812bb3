package da3.video;

import java.io.IOException;

/** Signals that a video cannot be read or written; the message names the file or stream and the problem. */
public final class VideoException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    /**
     * Creates the exception.
     *
     * @param source path of the file, or name of the stream
     * @param problem predicate of the message after the source
     */
    VideoException(Object source, String problem) {
        super(source + " " + problem);
        this.problem = problem;
    }

    /** Returns the message without the source. */
    String problem() {
        return problem;
    }
}
