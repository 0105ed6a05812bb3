package da3.geometry.image;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.check.Check;
import java.util.BitSet;

/**
 * Pixels of an image that must not be used.
 *
 * @param ignored row-major; set for pixels that must not be used
 */
public record PixelMask(int width, int height, BitSet ignored) {

    /** Brightest channel of a pixel that is black in a mask image. */
    private static final int BLACK = 127;

    /**
     * Returns the mask of an image in which pixels to ignore are black, as in COLMAP.
     *
     * @param image mask image; a channel above 127 makes a pixel usable
     */
    public static PixelMask of(Image image) {
        BitSet ignored = new BitSet();
        for (int i = 0; i < image.width() * image.height(); i++) {
            int x = i % image.width();
            int y = i / image.width();
            int brightest = Math.max(image.channel(x, y, 0), Math.max(image.channel(x, y, 1), image.channel(x, y, 2)));
            ignored.set(i, brightest <= BLACK);
        }
        return new PixelMask(image.width(), image.height(), ignored);
    }

    /**
     * Returns the mask of the resized image, with the nearest pixels.
     *
     * @param transform from pixels of this mask to those of the resized image
     */
    public PixelMask resized(int newWidth, int newHeight, PixelTransform transform) {
        BitSet resized = new BitSet();
        for (int i = 0; i < newWidth * newHeight; i++) {
            double x = (i % newWidth + 0.5 + transform.left()) / transform.sx();
            double y = (i / newWidth + 0.5 + transform.top()) / transform.sy();
            int column = (int) Math.max(0, Math.min(width - 1, Math.floor(x)));
            int row = (int) Math.max(0, Math.min(height - 1, Math.floor(y)));
            resized.set(i, ignored.get(row * width + column));
        }
        return new PixelMask(newWidth, newHeight, resized);
    }

    /**
     * Returns a confidence map whose ignored pixels have a confidence of 1, the lowest.
     *
     * @throws IllegalArgumentException if the map has another size
     */
    public ScalarMap applyTo(ScalarMap confidence) {
        if (confidence.width() != width || confidence.height() != height) {
            throw Check.invalid("size of a confidence map", width + "x" + height + " as its mask", confidence);
        }
        float[] values = confidence.values().clone();
        ignored.stream().forEach(i -> values[i] = 1);
        return new ScalarMap(width, height, values);
    }
}
