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
 * Takes a decoded image's samples as they are. {@link BufferedImage#getRGB} would not do: it takes gray for linear
 * light and converts it, and applies color profiles.
 */
final class RgbBytes {

    private static final int MAX_BITS = 16;

    private RgbBytes() {}

    /** Turns the samples of one pixel, 0 to 255, into its color. */
    @FunctionalInterface
    interface Pixel {
        void toRgb(int[] samples, int from, byte[] rgb, int to);
    }

    static Image of(Path file, BufferedImage decoded) throws ImageFormatException {
        ColorModel model = decoded.getColorModel();
        Raster raster = decoded.getRaster();
        if (model instanceof IndexColorModel palette) {
            return fromPalette(raster, palette);
        }
        return switch (model.getColorSpace().getType()) {
            case ColorSpace.TYPE_CMYK -> CmykConversion.of(file, raster);
            case ColorSpace.TYPE_RGB, ColorSpace.TYPE_GRAY -> fromColors(file, raster, model);
            default ->
                throw new ImageFormatException(
                        file,
                        "has colors of another kind (" + model.getColorSpace().getName(0)
                                + ", ...); legal: gray, RGB, YCbCr, CMYK");
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

    /** One channel is gray and two are gray and alpha; a fourth is alpha. */
    private static Image fromColors(Path file, Raster raster, ColorModel model) throws ImageFormatException {
        int bands = raster.getNumBands();
        int green = bands < 3 ? 0 : 1;
        int blue = bands < 3 ? 0 : 2;
        Pixel plain = (samples, from, rgb, to) -> {
            rgb[to] = (byte) samples[from];
            rgb[to + 1] = (byte) samples[from + green];
            rgb[to + 2] = (byte) samples[from + blue];
        };
        boolean premultiplied = model.hasAlpha() && model.isAlphaPremultiplied();
        return fromSamples(file, raster, premultiplied ? unpremultiplied(plain, bands) : plain);
    }

    private static Pixel unpremultiplied(Pixel plain, int bands) {
        return (samples, from, rgb, to) -> {
            int alpha = samples[from + bands - 1];
            for (int c = 0; c < bands - 1 && alpha > 0; c++) {
                samples[from + c] = Math.min(255, 255 * samples[from + c] / alpha);
            }
            plain.toRgb(samples, from, rgb, to);
        };
    }

    /** @throws ImageFormatException if samples have more than 16 bits, a sign or a floating point */
    static Image fromSamples(Path file, Raster raster, Pixel pixel) throws ImageFormatException {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        requireWholeNumbers(file, raster);
        byte[] rgb = new byte[3 * width * height];
        int[] row = new int[bands * width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int b = 0; b < bands; b++) {
                scale(row, b, bands, raster.getSampleModel().getSampleSize(b));
            }
            for (int x = 0; x < row.length; x += bands) {
                pixel.toRgb(row, x, rgb, at);
                at += 3;
            }
        }
        return new Image(width, height, rgb);
    }

    private static void requireWholeNumbers(Path file, Raster raster) throws ImageFormatException {
        int type = raster.getTransferType();
        boolean unsigned = type <= DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT;
        for (int bits : raster.getSampleModel().getSampleSize()) {
            if (!unsigned || bits > MAX_BITS) {
                throw new ImageFormatException(
                        file,
                        "has channels of " + bits + " bits" + (unsigned ? "" : ", signed or of floating point")
                                + "; legal: up to " + MAX_BITS + " bits without a sign");
            }
        }
    }

    /** Brings one channel to 0 to 255, rounded. */
    private static void scale(int[] row, int band, int bands, int bits) {
        if (bits == 8) {
            return;
        }
        int max = (1 << bits) - 1;
        for (int x = band; x < row.length; x += bands) {
            row[x] = (255 * row[x] + max / 2) / max;
        }
    }
}
