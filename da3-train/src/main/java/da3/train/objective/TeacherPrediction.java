package da3.train.objective;

/**
 * The prediction of a monocular network for a batch of images, or the gradient of an objective with respect to it. The
 * arrays are not copied.
 *
 * @param images number of images in the batch
 * @param rows height of the maps in pixels
 * @param columns width of the maps in pixels
 * @param depth (images, rows, columns): depth up to scale and shift, after the exponential of the network
 * @param sky (images, rows, columns): near 1 on the sky and near 0 elsewhere
 * @param object (images, rows, columns): near 1 on objects and near 0 elsewhere
 */
public record TeacherPrediction(int images, int rows, int columns, float[] depth, float[] sky, float[] object) {

    /** @throws IllegalArgumentException if a size is not positive or the length of an array does not match the sizes */
    public TeacherPrediction {
        ArrayShapes.requirePositive("images", images);
        ArrayShapes.requirePositive("rows", rows);
        ArrayShapes.requirePositive("columns", columns);
        ArrayShapes.require("predicted depth", depth.length, images, rows, columns);
        ArrayShapes.require("predicted sky", sky.length, images, rows, columns);
        ArrayShapes.require("predicted objects", object.length, images, rows, columns);
    }

    /** Returns zeros in the same shapes. */
    TeacherPrediction zeros() {
        return new TeacherPrediction(
                images, rows, columns, new float[depth.length], new float[sky.length], new float[object.length]);
    }
}
