package da3.streaming.loop;

import java.util.List;

/**
 * Descriptors less their mean, which is what all frames of a sequence have in common, as unit vectors. A descriptor that
 * does not differ from the mean becomes 0 and is similar to nothing.
 */
public final class CenteredDescriptors implements PairSimilarity {

    /** Squared relative difference from the mean that rounding can cause. */
    private static final double ROUNDING = 1e-12;

    private final float[][] vectors;

    /**
     * Centers descriptors.
     *
     * @param descriptors one for each frame, all of the same length
     */
    public CenteredDescriptors(List<float[]> descriptors) {
        double[] mean = mean(descriptors);
        double meanSquare = 0;
        for (double value : mean) {
            meanSquare += value * value;
        }
        vectors = new float[descriptors.size()][mean.length];
        for (int i = 0; i < vectors.length; i++) {
            float[] descriptor = descriptors.get(i);
            double square = 0;
            for (int c = 0; c < mean.length; c++) {
                double difference = descriptor[c] - mean[c];
                square += difference * difference;
            }
            double scale = square > ROUNDING * meanSquare ? 1 / Math.sqrt(square) : 0;
            for (int c = 0; c < mean.length; c++) {
                vectors[i][c] = (float) ((descriptor[c] - mean[c]) * scale);
            }
        }
    }

    private static double[] mean(List<float[]> descriptors) {
        double[] mean = new double[descriptors.isEmpty() ? 0 : descriptors.get(0).length];
        for (float[] descriptor : descriptors) {
            for (int c = 0; c < mean.length; c++) {
                mean[c] += descriptor[c] / descriptors.size();
            }
        }
        return mean;
    }

    /** Returns the cosine of the descriptors of two frames, -1 to 1. */
    @Override
    public float of(int earlier, int later) {
        float[] a = vectors[earlier];
        float[] b = vectors[later];
        // Four sums, because additions to a single one wait for each other.
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int c = 0;
        for (; c + 3 < a.length; c += 4) {
            sum0 += a[c] * b[c];
            sum1 += a[c + 1] * b[c + 1];
            sum2 += a[c + 2] * b[c + 2];
            sum3 += a[c + 3] * b[c + 3];
        }
        for (; c < a.length; c++) {
            sum0 += a[c] * b[c];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
