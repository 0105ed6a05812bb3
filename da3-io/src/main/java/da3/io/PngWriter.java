package da3.io;

import da3.geometry.Image;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;

/** Writes images as PNG files. */
public final class PngWriter {

    private PngWriter() {}

    /** Writes an image and leaves the stream open. */
    public static void write(Image image, OutputStream out) throws IOException {
        ImageIO.write(BufferedImages.of(image), "png", out);
    }
}
