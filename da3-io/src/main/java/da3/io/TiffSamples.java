package da3.io;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageMetadata;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageReader;

/** How many samples a pixel of a TIFF file has. The decoder makes arrays of as many as a file states. */
final class TiffSamples {

    private static final int SAMPLES_PER_PIXEL = 277;

    /** Colors, ink or light, and what may come beside them, such as masks. */
    private static final int MOST = 64;

    private TiffSamples() {}

    /**
     * @param reader that has been given the file
     * @throws ImageFormatException if the file states more samples than any photo has
     */
    static void requireFew(Path file, ImageReader reader) throws IOException {
        Entry samples = ((TIFFImageMetadata) reader.getImageMetadata(0)).getTIFFField(SAMPLES_PER_PIXEL);
        if (samples != null && !(samples.getValue() instanceof Number count && count.doubleValue() <= MOST)) {
            throw new ImageFormatException(
                    file, "must have at most " + MOST + " samples a pixel, got " + samples.getValueAsString());
        }
    }
}
