package da3.train.objective;

import da3.geometry.Intrinsics;

/**
 * True and predicted depth of one image.
 *
 * @param mask (rows, columns): where the true depth is valid
 * @param depth (rows, columns): 0 where invalid
 * @param predicted (rows, columns)
 */
record ImageDepths(int rows, int columns, boolean[] mask, double[] depth, double[] predicted, Intrinsics k) {

    /** @throws IllegalArgumentException naming the image, if its intrinsics or a valid depth are invalid */
    static ImageDepths of(TeacherTruth truth, TeacherPrediction prediction, int image) {
        int pixels = truth.pixels();
        Intrinsics k = Cameras.intrinsics(truth.intrinsics(), image).requireValid("intrinsics of image " + image);
        boolean[] mask = new boolean[pixels];
        double[] depth = new double[pixels];
        double[] predicted = new double[pixels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            int source = image * pixels + pixel;
            predicted[pixel] = prediction.depth()[source];
            mask[pixel] = truth.mask()[source];
            if (mask[pixel]) {
                depth[pixel] = truth.depth()[source];
                if (!(depth[pixel] > 0 && depth[pixel] < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("depth of image " + image
                            + " must be finite and above 0 where it is valid, got " + depth[pixel] + " in row "
                            + pixel / truth.columns() + ", column " + pixel % truth.columns());
                }
            }
        }
        return new ImageDepths(truth.rows(), truth.columns(), mask, depth, predicted, k);
    }

    int pixels() {
        return mask.length;
    }

    DepthPoints points() {
        return new DepthPoints(k, columns, depth);
    }
}
