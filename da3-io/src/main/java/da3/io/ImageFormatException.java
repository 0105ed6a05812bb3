package da3.io;

import java.io.IOException;
import java.nio.file.Path;

/** Signals that a file is not an image that can be read; the message names the file and the problem. */
public final class ImageFormatException extends IOException {

    private static final long serialVersionUID = 1;

    public ImageFormatException(Path file, String reason) {
        super(file + ": " + reason);
    }

    public ImageFormatException(Path file, String reason, Throwable cause) {
        super(file + ": " + reason, cause);
    }
}
