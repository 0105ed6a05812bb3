package da3.geometry;

import da3.geometry.check.Check;

/**
 * An sRGB image.
 * @param rgb (height, width, 3), row-major; red, green, blue
 */
public record Image(int width, int height, byte[] rgb) {

    public Image {
        if (width < 1 || height < 1) {
            throw Check.invalid("image size", "at least 1x1", width + "x" + height);
        }
        if (rgb.length != 3L * width * height) {
            throw Check.invalid("bytes of an image of " + width + "x" + height, "" + 3L * width * height, rgb.length);
        }
    }

    /** Returns channel {@code c} (0 red, 1 green, 2 blue) of a pixel, from 0 to 255. */
    public int channel(int x, int y, int c) {
        return rgb[(y * width + x) * 3 + c] & 0xff;
    }

    /**
     * Returns a part of this image.
     *
     * @param left first column
     * @param top first row
     * @throws IllegalArgumentException if the part is not within the image
     */
    public Image cropped(int left, int top, int columns, int rows) {
        Check.inRange("left", 0, width - columns, left);
        Check.inRange("top", 0, height - rows, top);
        byte[] part = new byte[3 * columns * rows];
        for (int y = 0; y < rows; y++) {
            System.arraycopy(rgb, 3 * ((top + y) * width + left), part, 3 * y * columns, 3 * columns);
        }
        return new Image(columns, rows, part);
    }

    /**
     * Returns an image with this image on the left and another one on the right.
     *
     * @throws IllegalArgumentException if their heights differ
     */
    public Image appendRight(Image right) {
        if (right.height != height) {
            throw Check.invalid("height of the right image", "" + height, right.height);
        }
        int both = width + right.width;
        byte[] joined = new byte[Math.multiplyExact(3, Math.multiplyExact(both, height))];
        for (int y = 0; y < height; y++) {
            System.arraycopy(rgb, 3 * y * width, joined, 3 * y * both, 3 * width);
            System.arraycopy(right.rgb, 3 * y * right.width, joined, 3 * (y * both + width), 3 * right.width);
        }
        return new Image(both, height, joined);
    }

    @Override
    public String toString() {
        return "Image[" + width + "x" + height + "]";
    }
}
