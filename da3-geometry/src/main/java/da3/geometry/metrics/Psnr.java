package da3.geometry.metrics;

import da3.geometry.Image;
import da3.geometry.check.Check;

/** Peak signal-to-noise ratio: the level of white relative to the root mean square difference, in decibels. */
public final class Psnr {

    private static final double PEAK = 255;

    private Psnr() {}

    /**
     * Returns the ratio over all pixels and channels.
     *
     * @return decibels; infinite for equal images
     * @throws IllegalArgumentException if the sizes differ
     */
    public static double of(Image a, Image b) {
        requireSameSize(a, b);
        long squares = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            int difference = (a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff);
            squares += (long) difference * difference;
        }
        return 10 * Math.log10(PEAK * PEAK * a.rgb().length / squares);
    }

    static void requireSameSize(Image a, Image b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw Check.invalid(
                    "size of the second image",
                    "the same as that of the first, " + a.width() + "x" + a.height(),
                    b.width() + "x" + b.height());
        }
    }
}
