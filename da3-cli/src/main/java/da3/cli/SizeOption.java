package da3.cli;

import da3.core.InputProcessing;
import da3.geometry.check.Check;

/**
 * The value of a {@code --size} option: the size of images that a command generates, in pixels.
 *
 * @param height a multiple of the patch size
 * @param width a multiple of the patch size
 */
record SizeOption(int height, int width) {

    private static final int MAX_SIDE = 2016;

    /**
     * Parses HEIGHTxWIDTH.
     *
     * @throws IllegalArgumentException if a side is not a multiple of 14 between 14 and 2016
     */
    static SizeOption parse(String text) {
        if (text.matches("\\d{1,4}x\\d{1,4}")) {
            String[] parts = text.split("x");
            SizeOption size = new SizeOption(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            if (isSide(size.height) && isSide(size.width)) {
                return size;
            }
        }
        throw Check.invalid(
                "size",
                "HEIGHTxWIDTH in multiples of " + InputProcessing.PATCH + " up to " + MAX_SIDE
                        + ", for instance 252x336",
                "'" + text + "'");
    }

    private static boolean isSide(int pixels) {
        return pixels > 0 && pixels <= MAX_SIDE && pixels % InputProcessing.PATCH == 0;
    }
}
