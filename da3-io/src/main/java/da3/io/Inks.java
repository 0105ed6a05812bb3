package da3.io;

import da3.geometry.Image;
import java.awt.image.Raster;
import java.nio.file.Path;

/**
 * From four inks (cyan, magenta, yellow, black) to light: paper times what each ink lets through, without a colour
 * profile. Arithmetic as in Pillow and libjpeg, so that pixels agree to the bit.
 */
final class Inks {

    private static final int FIXED_POINT_BITS = 16;
    private static final int HALF = 1 << FIXED_POINT_BITS - 1;
    private static final int CR_TO_RED = fixedPoint(1.40200);
    private static final int CB_TO_GREEN = fixedPoint(0.34414);
    private static final int CR_TO_GREEN = fixedPoint(0.71414);
    private static final int CB_TO_BLUE = fixedPoint(1.77200);

    private Inks() {}

    /**
     * From a JPEG file's samples, which count from 255, no ink, to 0.
     *
     * @param ycck whether the three colours are stored as luma and chroma, and counted from 0
     */
    static Image ofJpeg(Path file, Raster raster, boolean ycck) throws ImageFormatException {
        byte[][] inks = RgbBytes.samples(file, raster);
        if (ycck) {
            toColours(inks);
        }
        for (int c = ycck ? 3 : 0; c < inks.length; c++) {
            for (int i = 0; i < inks[c].length; i++) {
                inks[c][i] = (byte) ~inks[c][i];
            }
        }
        return toRgb(file, raster.getWidth(), raster.getHeight(), inks);
    }

    /** @param inks (channels, height * width), 0 for no ink; channels after the fourth are ignored */
    static Image toRgb(Path file, int width, int height, byte[][] inks) throws ImageFormatException {
        if (inks.length < 4) {
            throw new ImageFormatException(file, "is CMYK with " + inks.length + " channels; legal: at least 4");
        }
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < inks[0].length; i++) {
            int light = 255 - (inks[3][i] & 0xff);
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) (light - ((inks[c][i] & 0xff) * light + 127) / 255);
            }
        }
        return new Image(width, height, rgb);
    }

    private static void toColours(byte[][] ycc) {
        for (int i = 0; i < ycc[0].length; i++) {
            int luma = ycc[0][i] & 0xff;
            int cb = (ycc[1][i] & 0xff) - 128;
            int cr = (ycc[2][i] & 0xff) - 128;
            ycc[0][i] = toByte(luma + (CR_TO_RED * cr + HALF >> FIXED_POINT_BITS));
            ycc[1][i] = toByte(luma + (-CB_TO_GREEN * cb - CR_TO_GREEN * cr + HALF >> FIXED_POINT_BITS));
            ycc[2][i] = toByte(luma + (CB_TO_BLUE * cb + HALF >> FIXED_POINT_BITS));
        }
    }

    private static byte toByte(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    private static int fixedPoint(double value) {
        return (int) (value * (1 << FIXED_POINT_BITS) + 0.5);
    }
}
