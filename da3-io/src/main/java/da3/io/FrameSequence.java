package da3.io;

import da3.geometry.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The frames of a flight as PNG files, one at a time. */
public final class FrameSequence {

    private FrameSequence() {}

    /** Writes {@code frames/0000.png} and so on, by the frame's number, and gives its path. */
    public static Path write(Image frame, int number, ExportDirectory directory) throws IOException {
        return directory.write(
                String.format(Locale.ROOT, "frames/%04d.png", number), out -> PngWriter.write(frame, out));
    }
}
