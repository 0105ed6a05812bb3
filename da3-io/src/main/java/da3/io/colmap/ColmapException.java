package da3.io.colmap;

import java.io.IOException;
import java.nio.file.Path;

/** Signals that a COLMAP model cannot be read; the message names the file and the problem. */
public final class ColmapException extends IOException {

    private static final long serialVersionUID = 1L;

    ColmapException(Path file, String problem) {
        super(file + ": " + problem);
    }
}
