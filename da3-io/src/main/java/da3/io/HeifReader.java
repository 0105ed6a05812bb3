package da3.io;

import da3.geometry.Image;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A reader of HEIF photos (HEIC files), which phones take. {@link Images} finds it with {@link java.util.ServiceLoader};
 * the module da3-video contains one.
 */
public interface HeifReader {

    /**
     * Reads the primary image of a file, upright and in sRGB.
     *
     * @throws ImageFormatException if the file is damaged or too large, or its codec is not supported
     */
    Image read(Path file) throws IOException;

    /**
     * Returns the size of the image that {@link #read} returns.
     *
     * @throws ImageFormatException if the header of the file is damaged or it has more than {@link Images#MAX_PIXELS} pixels
     */
    ImageSize size(Path file) throws IOException;
}
