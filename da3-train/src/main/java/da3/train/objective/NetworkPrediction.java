package da3.train.objective;

/**
 * The output tensors of an any-view network on the host, or cotangents of the same shapes. The arrays are not copied.
 *
 * @param images number of images in the batch
 * @param rows height of an image in pixels
 * @param columns width of an image in pixels
 * @param rayRows height of the ray map
 * @param rayColumns width of the ray map
 * @param depth (images, rows, columns, 2): depth, and the confidence less 1
 * @param rays (images, rayRows, rayColumns, 7): direction, origin, and the logarithm of the confidence less 1
 * @param camera (images, 9): pose encodings
 */
public record NetworkPrediction(
        int images, int rows, int columns, int rayRows, int rayColumns, float[] depth, float[] rays, float[] camera) {

    /** @throws IllegalArgumentException if the length of an array does not match the sizes */
    public NetworkPrediction {
        ArrayShapes.require("depth tensor", depth.length, images, rows, columns, 2);
        ArrayShapes.require("ray tensor", rays.length, images, rayRows, rayColumns, 7);
        ArrayShapes.require("camera tensor", camera.length, images, 9);
    }

    /** Returns the inputs of the objective, which does not use the confidence of rays. */
    public StudentPrediction prediction() {
        int pixels = images * rows * columns;
        float[] values = new float[pixels];
        float[] confidence = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            values[i] = depth[2 * i];
            confidence[i] = depth[2 * i + 1] + 1;
        }
        int rayPixels = images * rayRows * rayColumns;
        float[] ray = new float[6 * rayPixels];
        for (int i = 0; i < rayPixels; i++) {
            System.arraycopy(rays, 7 * i, ray, 6 * i, 6);
        }
        return new StudentPrediction(images, rows, columns, rayRows, rayColumns, values, confidence, ray, camera);
    }

    /** Returns the cotangents of the outputs of the network for gradients with respect to a {@link #prediction}. */
    public static NetworkPrediction cotangents(StudentPrediction gradients) {
        int pixels = gradients.depth().length;
        float[] depth = new float[2 * pixels];
        for (int i = 0; i < pixels; i++) {
            depth[2 * i] = gradients.depth()[i];
            depth[2 * i + 1] = gradients.depthConfidence()[i];
        }
        int rayPixels = gradients.ray().length / 6;
        float[] rays = new float[7 * rayPixels];
        for (int i = 0; i < rayPixels; i++) {
            System.arraycopy(gradients.ray(), 6 * i, rays, 7 * i, 6);
        }
        return new NetworkPrediction(
                gradients.images(),
                gradients.rows(),
                gradients.columns(),
                gradients.rayRows(),
                gradients.rayColumns(),
                depth,
                rays,
                gradients.poseEncoding());
    }
}
