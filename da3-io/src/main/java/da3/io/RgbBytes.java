package da3.io;

import da3.geometry.Image;
import da3.geometry.check.Check;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;

/**
 * Converts decoded images to RGB bytes without color management. {@link BufferedImage#getRGB} would apply color
 * profiles and convert gray as if it were linear.
 */
final class RgbBytes {

    private static final int MAX_BITS = 16;

    private RgbBytes() {}

    /** Converts the samples of one pixel, 0 to 255, to RGB. */
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
                        Check.message(
                                "color space",
                                "gray, RGB, YCbCr or CMYK",
                                "one with the channel " + model.getColorSpace().getName(0)));
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

    /** Converts gray (1 channel), gray and alpha (2), RGB (3), or RGB and alpha (4). */
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

    /** @throws ImageFormatException if samples have more than 16 bits, or are signed or floating point */
    static Image fromSamples(Path file, Raster raster, Pixel pixel) throws ImageFormatException {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        requireUnsignedIntegers(file, raster);
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

    private static void requireUnsignedIntegers(Path file, Raster raster) throws ImageFormatException {
        int type = raster.getTransferType();
        boolean unsigned = type <= DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT;
        for (int bits : raster.getSampleModel().getSampleSize()) {
            if (!unsigned || bits > MAX_BITS) {
                throw new ImageFormatException(
                        file,
                        Check.message(
                                "channels",
                                "unsigned integers of at most " + MAX_BITS + " bits",
                                bits + " bits" + (unsigned ? "" : ", signed or floating point")));
            }
        }
    }

    /** Scales one channel to 0 to 255 with rounding. */
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
