package da3.io;

import da3.geometry.Image;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;

/** Pictures to compute with, or to look at without loss. */
public final class PngWriter {

    private PngWriter() {}

    /** Writes a PNG file's bytes; the stream stays open. */
    public static void write(Image image, OutputStream out) throws IOException {
        ImageIO.write(BufferedImages.of(image), "png", out);
    }
}
