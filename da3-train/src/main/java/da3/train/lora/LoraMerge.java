package da3.train.lora;

import da3.geometry.check.Check;

/** Merging of low-rank updates into weights. */
public final class LoraMerge {

    private LoraMerge() {}

    /**
     * Returns weight + scale B A. Sums are in double precision and rounded once, so the result is exact to float32
     * rounding.
     *
     * @param weight (out, in), row-major
     * @param a (rank, in)
     * @param b (out, rank)
     * @return a new array (out, in)
     * @throws IllegalArgumentException if the number of values of a matrix does not fit the rank and the others
     */
    public static float[] merged(float[] weight, float[] a, float[] b, int rank, double scale) {
        Check.positive("rank", rank);
        int in = a.length / rank;
        int out = b.length / rank;
        if (a.length != rank * in || b.length != out * rank || weight.length != (long) out * in) {
            throw Check.invalid(
                    "values of a weight with an update of rank " + rank,
                    (long) out * in + " for " + a.length + " of A and " + b.length + " of B",
                    weight.length);
        }
        float[] merged = new float[weight.length];
        double[] row = new double[in];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                row[i] = weight[o * in + i];
            }
            for (int r = 0; r < rank; r++) {
                double factor = scale * b[o * rank + r];
                for (int i = 0; i < in; i++) {
                    row[i] += factor * a[r * in + i];
                }
            }
            for (int i = 0; i < in; i++) {
                merged[o * in + i] = (float) row[i];
            }
        }
        return merged;
    }
}
