package da3.train.objective;

/**
 * The prediction for a batch of images, or the gradient of an objective with respect to it. The arrays are not copied.
 *
 * @param images number of images in the batch
 * @param rows height of the depth map in pixels
 * @param columns width of the depth map in pixels
 * @param rayRows height of the ray map
 * @param rayColumns width of the ray map
 * @param depth (images, rows, columns): z in the camera frame
 * @param depthConfidence (images, rows, columns): above 1
 * @param ray (images, rayRows, rayColumns, 6): direction, not of unit length, then origin
 * @param poseEncoding (images, 9): camera-to-world translation, quaternion x, y, z, w, vertical and horizontal field of
 *     view in radians
 */
public record StudentPrediction(
        int images,
        int rows,
        int columns,
        int rayRows,
        int rayColumns,
        float[] depth,
        float[] depthConfidence,
        float[] ray,
        float[] poseEncoding) {

    /** @throws IllegalArgumentException if a size is not positive or the length of an array does not match the sizes */
    public StudentPrediction {
        ArrayShapes.requirePositive("images", images);
        ArrayShapes.requirePositive("rows", rows);
        ArrayShapes.requirePositive("columns", columns);
        ArrayShapes.requirePositive("ray rows", rayRows);
        ArrayShapes.requirePositive("ray columns", rayColumns);
        ArrayShapes.require("predicted depth", depth.length, images, rows, columns);
        ArrayShapes.require("predicted depth confidence", depthConfidence.length, images, rows, columns);
        ArrayShapes.require("predicted rays", ray.length, images, rayRows, rayColumns, 6);
        ArrayShapes.require("predicted pose encodings", poseEncoding.length, images, 9);
    }

    /** Returns zeros in the same shapes. */
    StudentPrediction zeros() {
        return new StudentPrediction(
                images,
                rows,
                columns,
                rayRows,
                rayColumns,
                new float[depth.length],
                new float[depthConfidence.length],
                new float[ray.length],
                new float[poseEncoding.length]);
    }
}
