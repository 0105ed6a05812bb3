package da3.train.objective;

/**
 * Tokens scaled to unit length.
 *
 * @param values (tokens, channels)
 * @param lengths (tokens): divisors of the tokens
 */
record UnitTokens(float[] values, int channels, double[] lengths) {

    /** Avoids a division by zero for a token of zeros. */
    private static final double SMALLEST = 1e-12;

    static UnitTokens of(float[] tokens, int channels) {
        double[] lengths = new double[tokens.length / channels];
        float[] values = new float[tokens.length];
        for (int t = 0; t < lengths.length; t++) {
            double square = 0;
            for (int i = t * channels; i < (t + 1) * channels; i++) {
                square += (double) tokens[i] * tokens[i];
            }
            lengths[t] = Math.max(SMALLEST, Math.sqrt(square));
            for (int i = t * channels; i < (t + 1) * channels; i++) {
                values[i] = (float) (tokens[i] / lengths[t]);
            }
        }
        return new UnitTokens(values, channels, lengths);
    }

    /** Returns the gradient with respect to the tokens, times a factor, from that with respect to the values. */
    float[] backward(float[] gradient, double factor) {
        float[] result = new float[gradient.length];
        for (int t = 0; t < lengths.length; t++) {
            double along = 0;
            for (int i = t * channels; i < (t + 1) * channels; i++) {
                along += (double) gradient[i] * values[i];
            }
            for (int i = t * channels; i < (t + 1) * channels; i++) {
                result[i] = (float) (factor * (gradient[i] - along * values[i]) / lengths[t]);
            }
        }
        return result;
    }
}
