package da3.video;

import java.io.IOException;
import java.nio.file.Path;

/** Signals that a video cannot be read or written; the message names the file and the problem. */
public final class VideoException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    /** @param problem predicate of the message after the name of the file */
    VideoException(Path file, String problem) {
        super(file + " " + problem);
        this.problem = problem;
    }

    /** Returns the message without the name of the file. */
    String problem() {
        return problem;
    }
}
