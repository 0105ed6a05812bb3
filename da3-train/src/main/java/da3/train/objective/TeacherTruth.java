package da3.train.objective;

/**
 * Ground truth of a batch of single images of the same size. The arrays are not copied.
 *
 * @param images number of images
 * @param rows height of an image in pixels
 * @param columns width of an image in pixels
 * @param depth (images, rows, columns): z in the camera frame
 * @param mask (images, rows, columns): where depth is known; depth elsewhere is not read. Sky has no depth
 * @param intrinsics (images, 3, 3): in pixels of the image, without skew
 * @param sky (images, rows, columns): which pixels show the sky
 * @param object (images, rows, columns): which pixels show an object; null if unknown, which leaves out the term
 */
public record TeacherTruth(
        int images,
        int rows,
        int columns,
        float[] depth,
        boolean[] mask,
        float[] intrinsics,
        boolean[] sky,
        boolean[] object) {

    /** @throws IllegalArgumentException if a size is not positive or the length of an array does not match the sizes */
    public TeacherTruth {
        ArrayShapes.requirePositive("images", images);
        ArrayShapes.requirePositive("rows", rows);
        ArrayShapes.requirePositive("columns", columns);
        ArrayShapes.require("depth", depth.length, images, rows, columns);
        ArrayShapes.require("mask", mask.length, images, rows, columns);
        ArrayShapes.require("intrinsics", intrinsics.length, images, 3, 3);
        ArrayShapes.require("sky mask", sky.length, images, rows, columns);
        if (object != null) {
            ArrayShapes.require("object mask", object.length, images, rows, columns);
        }
    }

    /** Returns the same truth with the depth of each image divided by its mean, so that all images have equal weight. */
    public TeacherTruth withMeanDepthOne() {
        float[] scaled = depth.clone();
        for (int image = 0; image < images; image++) {
            double sum = 0;
            int known = 0;
            for (int i = image * pixels(); i < (image + 1) * pixels(); i++) {
                if (mask[i]) {
                    sum += depth[i];
                    known++;
                }
            }
            for (int i = image * pixels(); i < (image + 1) * pixels(); i++) {
                scaled[i] = mask[i] ? (float) (depth[i] * known / sum) : 0;
            }
        }
        return new TeacherTruth(images, rows, columns, scaled, mask, intrinsics, sky, object);
    }

    /** Returns the number of pixels of one image. */
    int pixels() {
        return rows * columns;
    }
}
