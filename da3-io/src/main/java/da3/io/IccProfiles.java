package da3.io;

import da3.geometry.Image;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.stream.IntStream;

/** Conversion of colors that an ICC profile describes to sRGB, for instance of the Display P3 photos of phones. */
public final class IccProfiles {

    /** Maximum size of a profile in bytes; real ones have at most a few hundred kilobytes. */
    static final int MAX_BYTES = 4 << 20;

    /** Colors along each side of the grid that recognizes sRGB. */
    private static final int GRID = 5;

    /** Differences up to this number of levels are due to rounding in a profile of sRGB. */
    private static final int ROUNDING = 2;

    private static final int[] RGB = {0, 1, 2};

    private IccProfiles() {}

    /**
     * Returns an image in sRGB. Colors stay as they are if the profile is that of sRGB, describes no RGB colors, or is
     * damaged, as without a profile.
     *
     * @param image colors in the space of the profile
     * @param profile bytes of the profile, not empty
     */
    public static Image toSrgb(Image image, byte[] profile) {
        try {
            ICC_Profile from = ICC_Profile.getInstance(profile);
            return from.getColorSpaceType() == ColorSpace.TYPE_RGB && !isSrgb(from) ? converted(image, from) : image;
        } catch (IllegalArgumentException | CMMException damaged) {
            return image;
        }
    }

    private static Image converted(Image image, ICC_Profile from) {
        ICC_Profile[] profiles = {from, ICC_Profile.getInstance(ColorSpace.CS_sRGB)};
        byte[] rgb = new byte[image.rgb().length];
        new ColorConvertOp(profiles, null).filter(raster(image, image.rgb()), raster(image, rgb));
        return new Image(image.width(), image.height(), rgb);
    }

    private static WritableRaster raster(Image size, byte[] rgb) {
        return Raster.createInterleavedRaster(
                new DataBufferByte(rgb, rgb.length), size.width(), size.height(), 3 * size.width(), 3, RGB, null);
    }

    /** Returns whether a profile is that of sRGB, whatever its name: it leaves a grid of colors as they are. */
    private static boolean isSrgb(ICC_Profile profile) {
        byte[] grid = new byte[3 * GRID * GRID * GRID];
        for (int i = 0; i < GRID * GRID * GRID; i++) {
            grid[3 * i] = level(i / (GRID * GRID));
            grid[3 * i + 1] = level(i / GRID % GRID);
            grid[3 * i + 2] = level(i % GRID);
        }
        byte[] converted =
                converted(new Image(GRID * GRID, GRID, grid), profile).rgb();
        return IntStream.range(0, grid.length)
                .allMatch(i -> Math.abs((grid[i] & 0xff) - (converted[i] & 0xff)) <= ROUNDING);
    }

    private static byte level(int step) {
        return (byte) (step * 255 / (GRID - 1));
    }
}
