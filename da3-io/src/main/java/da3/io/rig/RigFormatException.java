package da3.io.rig;

import java.io.IOException;
import java.nio.file.Path;

/** Signals that a calibration cannot be read; the message names the file and the problem. */
public final class RigFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    RigFormatException(Path file, String problem) {
        super(file + ": " + problem);
    }

    RigFormatException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
