package da3.io;

import da3.geometry.Image;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;

/**
 * Takes a decoded image's samples as they are. {@link BufferedImage#getRGB} would not do: it takes grey for linear
 * light and converts it, and applies colour profiles.
 */
final class RgbBytes {

    private RgbBytes() {}

    static Image of(Path file, BufferedImage decoded) throws ImageFormatException {
        return decoded.getColorModel() instanceof IndexColorModel palette
                ? fromPalette(decoded.getRaster(), palette)
                : fromSamples(file, decoded.getRaster());
    }

    private static Image fromPalette(Raster raster, IndexColorModel palette) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] rgb = new byte[3 * width * height];
        int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int index : row) {
                rgb[at++] = (byte) palette.getRed(index);
                rgb[at++] = (byte) palette.getGreen(index);
                rgb[at++] = (byte) palette.getBlue(index);
            }
        }
        return new Image(width, height, rgb);
    }

    private static Image fromSamples(Path file, Raster raster) throws ImageFormatException {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        int bits = raster.getSampleModel().getSampleSize(0);
        if (bands > 4 || bits != 8 && bits != 16) {
            throw new ImageFormatException(
                    file, "has " + bands + " channels of " + bits + " bits; legal: 1 to 4 channels of 8 or 16 bits");
        }
        int shift = bits - 8;
        // One channel is grey and two are grey and alpha; a fourth is alpha.
        int green = bands < 3 ? 0 : 1;
        int blue = bands < 3 ? 0 : 2;
        byte[] rgb = new byte[3 * width * height];
        int[] row = new int[bands * width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < row.length; x += bands) {
                rgb[at++] = (byte) (row[x] >> shift);
                rgb[at++] = (byte) (row[x + green] >> shift);
                rgb[at++] = (byte) (row[x + blue] >> shift);
            }
        }
        return new Image(width, height, rgb);
    }
}
