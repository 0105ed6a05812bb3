package da3.core.lpips;

/**
 * The mean over pixels of the weighted squared difference of features that are scaled to unit length.
 *
 * @param weights weight of each channel
 */
record FeatureDifference(float[] weights) {

    private static final double EPSILON = 1e-10;

    /** Returns the difference of two maps of the same size. */
    double between(FeatureMap a, FeatureMap b) {
        double sum = 0;
        for (int from = 0; from < a.values().length; from += weights.length) {
            double inverseA = 1 / (norm(a.values(), from) + EPSILON);
            double inverseB = 1 / (norm(b.values(), from) + EPSILON);
            for (int c = 0; c < weights.length; c++) {
                double difference = a.values()[from + c] * inverseA - b.values()[from + c] * inverseB;
                sum += weights[c] * difference * difference;
            }
        }
        return sum / (a.height() * a.width());
    }

    /**
     * Adds the derivative with respect to the first map. It is 0 where all features are 0, since they come from a ReLU,
     * which is flat there.
     *
     * @param gradient of the size of the maps
     */
    void addGradient(FeatureMap a, FeatureMap b, FeatureMap gradient) {
        double[] ofUnit = new double[weights.length];
        double factor = 2.0 / (a.height() * a.width());
        for (int from = 0; from < a.values().length; from += weights.length) {
            double norm = norm(a.values(), from);
            if (norm == 0) {
                continue;
            }
            double inverseA = 1 / (norm + EPSILON);
            double inverseB = 1 / (norm(b.values(), from) + EPSILON);
            double projection = 0;
            for (int c = 0; c < weights.length; c++) {
                double difference = a.values()[from + c] * inverseA - b.values()[from + c] * inverseB;
                ofUnit[c] = factor * weights[c] * difference;
                projection += ofUnit[c] * a.values()[from + c];
            }
            double along = projection * inverseA * inverseA / norm;
            for (int c = 0; c < weights.length; c++) {
                gradient.values()[from + c] += (float) (inverseA * ofUnit[c] - along * a.values()[from + c]);
            }
        }
    }

    private double norm(float[] values, int from) {
        double squares = 0;
        for (int c = 0; c < weights.length; c++) {
            squares += (double) values[from + c] * values[from + c];
        }
        return Math.sqrt(squares);
    }
}
