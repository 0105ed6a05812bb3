package da3.io;

import da3.geometry.Image;
import da3.geometry.check.Check;
import java.awt.image.Raster;
import java.nio.file.Path;

/**
 * Converts CMYK to RGB without a color profile: each channel is (1 - ink)(1 - black). The integer arithmetic is that of
 * Pillow and libjpeg, so that pixels agree bit by bit.
 */
final class CmykConversion {

    private static final int FIXED_POINT_BITS = 16;
    private static final int HALF = 1 << FIXED_POINT_BITS - 1;
    private static final int CR_TO_RED = fixedPoint(1.40200);
    private static final int CB_TO_GREEN = fixedPoint(0.34414);
    private static final int CR_TO_GREEN = fixedPoint(0.71414);
    private static final int CB_TO_BLUE = fixedPoint(1.77200);

    private CmykConversion() {}

    /** Converts samples from 0 (no ink) to 255 (full ink); channels after the fourth are ignored. */
    static Image of(Path file, Raster raster) throws ImageFormatException {
        requireFour(file, raster);
        return RgbBytes.fromSamples(file, raster, CmykConversion::toRgb);
    }

    /**
     * Converts the inverted samples of a JPEG file, from 255 (no ink) to 0 (full ink).
     *
     * @param ycck whether the first three channels are stored as YCbCr, not inverted
     */
    static Image ofJpeg(Path file, Raster raster, boolean ycck) throws ImageFormatException {
        requireFour(file, raster);
        return RgbBytes.fromSamples(file, raster, (inks, from, rgb, to) -> {
            if (ycck) {
                toColors(inks, from);
            }
            for (int c = ycck ? 3 : 0; c < 4; c++) {
                inks[from + c] = 255 - inks[from + c];
            }
            toRgb(inks, from, rgb, to);
        });
    }

    private static void requireFour(Path file, Raster raster) throws ImageFormatException {
        if (raster.getNumBands() < 4) {
            throw new ImageFormatException(
                    file, Check.message("number of CMYK channels", "at least 4", raster.getNumBands()));
        }
    }

    private static void toRgb(int[] inks, int from, byte[] rgb, int to) {
        int light = 255 - inks[from + 3];
        for (int c = 0; c < 3; c++) {
            rgb[to + c] = (byte) (light - (inks[from + c] * light + 127) / 255);
        }
    }

    private static void toColors(int[] ycc, int from) {
        int luma = ycc[from];
        int cb = ycc[from + 1] - 128;
        int cr = ycc[from + 2] - 128;
        ycc[from] = clamped(luma + (CR_TO_RED * cr + HALF >> FIXED_POINT_BITS));
        ycc[from + 1] = clamped(luma + (-CB_TO_GREEN * cb - CR_TO_GREEN * cr + HALF >> FIXED_POINT_BITS));
        ycc[from + 2] = clamped(luma + (CB_TO_BLUE * cb + HALF >> FIXED_POINT_BITS));
    }

    private static int clamped(int value) {
        return Math.max(0, Math.min(255, value));
    }

    private static int fixedPoint(double value) {
        return (int) (value * (1 << FIXED_POINT_BITS) + 0.5);
    }
}
