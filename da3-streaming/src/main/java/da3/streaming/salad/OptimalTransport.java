package da3.streaming.salad;

import da3.geometry.check.Check;

/**
 * The soft assignment of patches to clusters as an entropy-regularized optimal transport: each patch hands out a mass of 1,
 * each cluster receives a mass of 1, and a dustbin receives the rest.
 *
 * <p>Source: Izquierdo and Civera, "Optimal Transport Aggregation for Visual Place Recognition", 2024, section 3.2, with the
 * iterations of Sinkhorn in logarithms.
 */
final class OptimalTransport {

    private static final int ITERATIONS = 3;

    private OptimalTransport() {}

    /**
     * Returns the masses that clusters receive.
     *
     * @param scores (patches, clusters); there are more patches than clusters
     * @param dustbin score of the dustbin for all patches
     * @return (patches, clusters); each row sums to at most 1
     */
    static double[] masses(float[] scores, int clusters, double dustbin) {
        int patches = Check.atLeast("number of patches", clusters + 1, scores.length / clusters);
        int bins = clusters + 1;
        double[] logRest = new double[bins]; // logarithm of the mass that each bin must receive
        logRest[clusters] = Math.log(patches - clusters);
        double[] scaled = new double[patches * bins];
        for (int p = 0; p < patches; p++) {
            for (int k = 0; k < clusters; k++) {
                scaled[p * bins + k] = scores[p * clusters + k];
            }
            scaled[p * bins + clusters] = dustbin;
        }
        for (int i = 0; i < ITERATIONS; i++) {
            for (int k = 0; k < bins; k++) {
                shift(scaled, k, bins, patches, logRest[k]);
            }
            for (int p = 0; p < patches; p++) {
                shift(scaled, p * bins, 1, bins, 0);
            }
        }
        double[] masses = new double[patches * clusters];
        for (int p = 0; p < patches; p++) {
            for (int k = 0; k < clusters; k++) {
                masses[p * clusters + k] = Math.exp(scaled[p * bins + k]);
            }
        }
        return masses;
    }

    /** Shifts logarithms by the same amount so that the logarithm of the sum of their exponentials becomes a given one. */
    private static void shift(double[] logs, int first, int step, int count, double logSum) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, logs[first + i * step]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.exp(logs[first + i * step] - largest);
        }
        double shift = logSum - largest - Math.log(sum);
        for (int i = 0; i < count; i++) {
            logs[first + i * step] += shift;
        }
    }
}
