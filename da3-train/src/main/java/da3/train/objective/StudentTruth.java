package da3.train.objective;

/**
 * Ground truth of a batch of scenes, all with the same number of views of the same size. Views of one scene are
 * consecutive. The arrays are not copied.
 *
 * @param scenes number of scenes
 * @param views number of views of each scene
 * @param rows height of an image in pixels
 * @param columns width of an image in pixels
 * @param depth (scenes * views, rows, columns): z in the camera frame, in the unit of the extrinsics
 * @param mask (scenes * views, rows, columns): where depth is known; depth elsewhere is not read
 * @param extrinsics (scenes * views, 3, 4): world-to-camera, OpenCV axes
 * @param intrinsics (scenes * views, 3, 3): in pixels of the image, without skew
 */
public record StudentTruth(
        int scenes,
        int views,
        int rows,
        int columns,
        float[] depth,
        boolean[] mask,
        float[] extrinsics,
        float[] intrinsics) {

    /** @throws IllegalArgumentException if a size is not positive or the length of an array does not match the sizes */
    public StudentTruth {
        ArrayShapes.requirePositive("scenes", scenes);
        ArrayShapes.requirePositive("views", views);
        ArrayShapes.requirePositive("rows", rows);
        ArrayShapes.requirePositive("columns", columns);
        int images = scenes * views;
        ArrayShapes.require("depth", depth.length, images, rows, columns);
        ArrayShapes.require("mask", mask.length, images, rows, columns);
        ArrayShapes.require("extrinsics", extrinsics.length, images, 3, 4);
        ArrayShapes.require("intrinsics", intrinsics.length, images, 3, 3);
    }

    /** Returns the number of images, which is the number of scenes times the number of views of each. */
    public int images() {
        return scenes * views;
    }

    /** Returns the same truth with other cameras. */
    public StudentTruth withExtrinsics(float[] changed) {
        return new StudentTruth(scenes, views, rows, columns, depth, mask, changed, intrinsics);
    }
}
