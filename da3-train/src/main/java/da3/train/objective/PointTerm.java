package da3.train.objective;

/**
 * The point term: the mean over valid pixels of the ray map and three coordinates of |predicted - true point|. A
 * predicted point is the predicted depth, resized to the ray map, times the predicted direction plus the predicted
 * origin.
 */
final class PointTerm {

    private final NormalizedTruth truth;
    private final StudentPrediction prediction;
    private final DepthResize resize;
    private final double share;
    private final long values;

    PointTerm(NormalizedTruth truth, StudentPrediction prediction, double weight, long validRays) {
        this.truth = truth;
        this.prediction = prediction;
        this.resize =
                new DepthResize(prediction.rows(), prediction.columns(), prediction.rayRows(), prediction.rayColumns());
        this.values = 3 * validRays;
        this.share = ValidCounts.share(weight, values);
    }

    /**
     * Returns the part of one image.
     *
     * @param depthGradient (rows, columns); the gradient with respect to the depth of the image is added to it
     * @param rayGradient (rayRows, rayColumns, 6); the gradient with respect to the rays of the image is added to it
     */
    double add(int image, double[] depthGradient, double[] rayGradient) {
        int columns = prediction.rayColumns();
        double[] resizedGradient = new double[prediction.rayRows() * columns];
        double sum = 0;
        for (int i = 0; i < resizedGradient.length; i++) {
            int ray = image * resizedGradient.length + i;
            if (!truth.rayMask()[ray]) {
                continue;
            }
            double depth = resize.at(prediction.depth(), image * depthGradient.length, i / columns, i % columns);
            for (int axis = 0; axis < 3; axis++) {
                double direction = prediction.ray()[6 * ray + axis];
                double error = depth * direction + prediction.ray()[6 * ray + 3 + axis] - truth.point()[3 * ray + axis];
                sum += Math.abs(error);
                double gradient = share * AbsoluteValue.derivative(error);
                resizedGradient[i] += gradient * direction;
                rayGradient[6 * i + axis] += gradient * depth;
                rayGradient[6 * i + 3 + axis] += gradient;
            }
        }
        resize.addTransposed(resizedGradient, depthGradient);
        return ValidCounts.share(sum, values);
    }
}
