package da3.synthetic.shard;

/**
 * A scene as it lies in a shard: what every view shows, how far everything is, and where the cameras stand.
 *
 * @param seed of the generator
 * @param family name of the layout family, at most 16 ASCII characters
 * @param views how many
 * @param rows of an image, from top to bottom
 * @param columns of an image, from left to right
 * @param rgb sRGB bytes, (views, rows, columns, 3)
 * @param depth along the camera's z axis through each pixel's center, (views, rows, columns); 0 where there is none (sky)
 * @param extrinsics world-to-camera, OpenCV axes, (views, 3, 4)
 * @param intrinsics in pixels, the first pixel's center at (0.5, 0.5), (views, 3, 3)
 */
public record ShardScene(
        long seed,
        String family,
        int views,
        int rows,
        int columns,
        byte[] rgb,
        float[] depth,
        float[] extrinsics,
        float[] intrinsics) {

    /** @throws IllegalArgumentException if a size is not positive or an array has another length than the sizes say */
    public ShardScene {
        if (views < 1 || rows < 1 || columns < 1 || 4L * views * rows * columns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("views, rows and columns of a scene must be at least 1 and their product"
                    + " at most " + Integer.MAX_VALUE / 4 + ", got " + views + ", " + rows + " and " + columns);
        }
        if (family.length() > ShardFormat.FAMILY_BYTES || !family.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the family's name must be at most " + ShardFormat.FAMILY_BYTES
                    + " ASCII characters without spaces, got \"" + family + "\"");
        }
        int pixels = views * rows * columns;
        requireLength("rgb", rgb.length, 3 * pixels);
        requireLength("depth", depth.length, pixels);
        requireLength("extrinsics", extrinsics.length, 12 * views);
        requireLength("intrinsics", intrinsics.length, 9 * views);
    }

    private static void requireLength(String name, int got, int expected) {
        if (got != expected) {
            throw new IllegalArgumentException(name + " must have " + expected + " values, got " + got);
        }
    }
}
