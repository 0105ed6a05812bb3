package da3.io;

import da3.geometry.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Writes the frames of a rendered camera path as PNG files, one at a time. */
public final class FrameSequence {

    private FrameSequence() {}

    /** Writes a frame as {@code frames/NUMBER.png}, with a number of at least four digits, and returns its path. */
    public static Path write(Image frame, int number, ExportDirectory directory) throws IOException {
        return directory.write(
                String.format(Locale.ROOT, "frames/%04d.png", number), out -> PngWriter.write(frame, out));
    }
}
