package da3.video;

import java.io.IOException;
import java.nio.file.Path;

/** A file is no video, is damaged, or cannot be encoded; the message names the file and says which. */
public final class VideoException extends IOException {

    private static final long serialVersionUID = 1L;

    VideoException(Path file, String what) {
        super(file + " " + what);
    }
}
