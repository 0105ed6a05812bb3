package da3.geometry;

/**
 * An sRGB image.
 *
 * @param rgb height x width x 3 bytes, row-major
 */
public record Image(int width, int height, byte[] rgb) {

    public Image {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("image is " + width + "x" + height + "; legal: at least 1x1");
        }
        if (rgb.length != 3L * width * height) {
            throw new IllegalArgumentException("image of " + width + "x" + height + " has " + rgb.length
                    + " bytes; legal: " + 3L * width * height);
        }
    }

    /** Channel 0 to 2 (red, green, blue) of a pixel, 0 to 255. */
    public int channel(int x, int y, int c) {
        return rgb[(y * width + x) * 3 + c] & 0xff;
    }

    /**
     * This image on the left, another on the right.
     *
     * @throws IllegalArgumentException if they differ in height
     */
    public Image beside(Image right) {
        if (right.height != height) {
            throw new IllegalArgumentException(
                    "image of height " + right.height + " beside one of " + height + "; legal: images of one height");
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
