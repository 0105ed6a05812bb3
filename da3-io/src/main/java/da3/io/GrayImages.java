package da3.io;

import da3.geometry.ScalarMap;
import da3.geometry.check.Check;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.imageio.ImageReadParam;

/** Reads PNG files whose pixels are counts rather than colors: measured depth and masks. */
public final class GrayImages {

    private GrayImages() {}

    /**
     * Reads the samples of a file of one channel as they are stored, without scaling: 0 to 65535 for 16 bits, 0 to 255
     * for 8 bits.
     *
     * @throws NoSuchFileException if the file is missing
     * @throws ImageFormatException if it is not a PNG file, is damaged, has more than {@link Images#MAX_PIXELS} pixels, or
     *     has more than one channel
     */
    public static ScalarMap read(Path file) throws IOException {
        return Images.opened(file, (format, stream, reader) -> {
            if (format != ImageFormat.PNG) {
                throw new ImageFormatException(file, Check.message("the image", "a PNG file", format));
            }
            Images.open(file, stream, reader);
            PngIntegrity.requireIntact(file);
            ImageReadParam asStored = reader.getDefaultReadParam();
            asStored.setDestinationType(reader.getRawImageType(0));
            BufferedImage image = reader.read(0, asStored);
            Raster raster = image.getRaster();
            if (raster.getNumBands() != 1) {
                throw new ImageFormatException(
                        file, Check.message("the number of channels", "1", raster.getNumBands()));
            }
            float[] values = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (float[]) null);
            return new ScalarMap(raster.getWidth(), raster.getHeight(), values);
        });
    }
}
