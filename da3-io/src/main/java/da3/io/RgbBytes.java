package da3.io;

import da3.geometry.Image;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;

/**
 * Takes a decoded image's samples as they are. {@link BufferedImage#getRGB} would not do: it takes grey for linear
 * light and converts it, and applies colour profiles.
 */
final class RgbBytes {

    private static final int MAX_BITS = 16;

    private RgbBytes() {}

    static Image of(Path file, BufferedImage decoded) throws ImageFormatException {
        ColorModel model = decoded.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return fromPalette(decoded.getRaster(), palette);
        }
        byte[][] samples = samples(file, decoded.getRaster());
        return switch (model.getColorSpace().getType()) {
            case ColorSpace.TYPE_CMYK -> Inks.toRgb(file, decoded.getWidth(), decoded.getHeight(), samples);
            case ColorSpace.TYPE_RGB, ColorSpace.TYPE_GRAY -> {
                if (model.hasAlpha() && model.isAlphaPremultiplied()) {
                    unpremultiply(samples);
                }
                yield fromColours(decoded.getRaster(), samples);
            }
            default ->
                throw new ImageFormatException(
                        file,
                        "has colours of another kind (" + model.getColorSpace().getName(0)
                                + ", ...); legal: grey, RGB, YCbCr, CMYK");
        };
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

    /** One channel is grey and two are grey and alpha; a fourth is alpha. */
    private static Image fromColours(Raster raster, byte[][] samples) {
        byte[] red = samples[0];
        byte[] green = samples.length < 3 ? red : samples[1];
        byte[] blue = samples.length < 3 ? red : samples[2];
        byte[] rgb = new byte[3 * red.length];
        for (int i = 0; i < red.length; i++) {
            rgb[3 * i] = red[i];
            rgb[3 * i + 1] = green[i];
            rgb[3 * i + 2] = blue[i];
        }
        return new Image(raster.getWidth(), raster.getHeight(), rgb);
    }

    private static void unpremultiply(byte[][] samples) {
        byte[] alpha = samples[samples.length - 1];
        for (int c = 0; c < samples.length - 1; c++) {
            for (int i = 0; i < alpha.length; i++) {
                int opacity = alpha[i] & 0xff;
                if (opacity > 0) {
                    samples[c][i] = (byte) Math.min(255, 255 * (samples[c][i] & 0xff) / opacity);
                }
            }
        }
    }

    /** Channel by channel, (channels, height * width), brought to 0 to 255. */
    static byte[][] samples(Path file, Raster raster) throws ImageFormatException {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        boolean unsigned =
                raster.getTransferType() <= DataBuffer.TYPE_USHORT || raster.getTransferType() == DataBuffer.TYPE_INT;
        byte[][] samples = new byte[bands][width * height];
        int[] row = new int[width];
        for (int b = 0; b < bands; b++) {
            int bits = raster.getSampleModel().getSampleSize(b);
            if (!unsigned || bits > MAX_BITS) {
                throw new ImageFormatException(
                        file,
                        "has channels of " + bits + " bits" + (unsigned ? "" : ", signed or of floating point")
                                + "; legal: up to " + MAX_BITS + " bits without a sign");
            }
            int max = (1 << bits) - 1;
            for (int y = 0; y < height; y++) {
                raster.getSamples(0, y, width, 1, b, row);
                for (int x = 0; x < width; x++) {
                    samples[b][y * width + x] = (byte) (bits == 8 ? row[x] : scaled(255 * row[x], max));
                }
            }
        }
        return samples;
    }

    /** A quotient rounded to the nearest. */
    private static int scaled(int dividend, int divisor) {
        return (dividend + divisor / 2) / divisor;
    }
}
