package da3.io;

import da3.geometry.Image;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes images as PNG files. */
public final class PngWriter {

    private PngWriter() {}

    /** Writes an image and leaves the stream open. */
    public static void write(Image image, OutputStream out) throws IOException {
        // A cache on disk would register a shutdown hook, which fails in a process that saves its work before it ends.
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(BufferedImages.of(image), "png", stream);
        }
    }
}
