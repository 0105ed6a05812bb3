package da3.streaming.loop;

import java.util.List;

/**
 * Descriptors less their mean, which is what all frames of a sequence have in common, as unit vectors. A descriptor that
 * does not differ from the mean becomes 0 and is similar to nothing.
 */
public final class CenteredDescriptors implements PairSimilarity {

    /** Squared relative difference from the mean that rounding can cause. */
    private static final double ROUNDING = 1e-12;

    private final double[] mean;
    private final float[][] vectors;

    /**
     * Centers descriptors.
     *
     * @param descriptors one for each frame, all of the same length
     */
    public CenteredDescriptors(List<float[]> descriptors) {
        mean = mean(descriptors);
        vectors = new float[descriptors.size()][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = centered(descriptors.get(i));
        }
    }

    /** Returns the unit vector of a descriptor less the mean. */
    private float[] centered(float[] descriptor) {
        double meanSquare = 0;
        double square = 0;
        for (int c = 0; c < mean.length; c++) {
            double difference = descriptor[c] - mean[c];
            square += difference * difference;
            meanSquare += mean[c] * mean[c];
        }
        double scale = square > ROUNDING * meanSquare ? 1 / Math.sqrt(square) : 0;
        float[] vector = new float[mean.length];
        for (int c = 0; c < mean.length; c++) {
            vector[c] = (float) ((descriptor[c] - mean[c]) * scale);
        }
        return vector;
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
        return product(vectors[earlier], vectors[later]);
    }

    /**
     * Returns the cosines between the descriptor of another image and those of all frames, -1 to 1.
     *
     * @param descriptor a vector of the same length
     */
    public float[] similarities(float[] descriptor) {
        float[] vector = centered(descriptor);
        float[] similarities = new float[vectors.length];
        for (int i = 0; i < vectors.length; i++) {
            similarities[i] = product(vector, vectors[i]);
        }
        return similarities;
    }

    private static float product(float[] a, float[] b) {
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
