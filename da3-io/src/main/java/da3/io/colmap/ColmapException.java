package da3.io.colmap;

import java.io.IOException;
import java.nio.file.Path;

/** A COLMAP model cannot be read; the message names the file and says what is wrong with it. */
public final class ColmapException extends IOException {

    private static final long serialVersionUID = 1L;

    ColmapException(Path file, String what) {
        super(file + " " + what);
    }
}
