package da3.synthetic.shard;

import java.util.Optional;

/**
 * A scene of a shard: images, depth and cameras of its views.
 *
 * @param seed seed of the generator
 * @param family name of the layout family, at most 16 ASCII characters
 * @param views number of views
 * @param rows height of an image
 * @param columns width of an image
 * @param rgb (views, rows, columns, 3), sRGB
 * @param depth (views, rows, columns), along the z axis of the camera through the pixel center; 0 for sky
 * @param extrinsics (views, 3, 4), world-to-camera, OpenCV axes
 * @param intrinsics (views, 3, 3), in pixels, with the center of the first pixel at (0.5, 0.5)
 * @param objects (views, rows, columns): which pixels show an object, which is any solid except the room or the ground;
 *     empty if unknown
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
        float[] intrinsics,
        Optional<boolean[]> objects) {

    /**
     * @throws IllegalArgumentException if a size is not positive, or the length of an array does not match the sizes
     */
    public ShardScene {
        if (views < 1 || rows < 1 || columns < 1 || 4L * views * rows * columns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("views, rows and columns of a scene must be at least 1 and their product"
                    + " at most " + Integer.MAX_VALUE / 4 + ", got " + views + ", " + rows + " and " + columns);
        }
        if (family.length() > ShardFormat.FAMILY_BYTES || !family.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("family must be at most " + ShardFormat.FAMILY_BYTES
                    + " ASCII characters without spaces, got \"" + family + "\"");
        }
        int pixels = views * rows * columns;
        requireLength("rgb", rgb.length, 3 * pixels);
        requireLength("depth", depth.length, pixels);
        requireLength("extrinsics", extrinsics.length, 12 * views);
        requireLength("intrinsics", intrinsics.length, 9 * views);
        objects.ifPresent(mask -> requireLength("objects", mask.length, pixels));
    }

    private static void requireLength(String name, int got, int expected) {
        if (got != expected) {
            throw new IllegalArgumentException(name + " must have " + expected + " values, got " + got);
        }
    }
}
