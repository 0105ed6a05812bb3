package da3.io;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageMetadata;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageReader;

/**
 * Limits the samples per pixel of a TIFF file, because the decoder allocates arrays of the length that the file states.
 */
final class TiffSamples {

    private static final int SAMPLES_PER_PIXEL = 277;

    /** Enough for all color channels and additional ones such as masks. */
    private static final int MAX_SAMPLES = 64;

    private TiffSamples() {}

    /**
     * @param reader with the file as its input
     * @throws ImageFormatException if the file states more than {@link #MAX_SAMPLES} samples per pixel
     */
    static void requireLimit(Path file, ImageReader reader) throws IOException {
        Entry samples = ((TIFFImageMetadata) reader.getImageMetadata(0)).getTIFFField(SAMPLES_PER_PIXEL);
        if (samples != null && !(samples.getValue() instanceof Number count && count.doubleValue() <= MAX_SAMPLES)) {
            throw new ImageFormatException(
                    file, "must have at most " + MAX_SAMPLES + " samples per pixel, got " + samples.getValueAsString());
        }
    }
}
