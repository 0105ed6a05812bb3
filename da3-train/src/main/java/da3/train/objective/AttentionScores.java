package da3.train.objective;

import java.util.Arrays;

/**
 * Attention scores of one head among all tokens of one scene, and the gradient of negative log-likelihoods with respect
 * to them. Inner loops run along rows of memory, so that they are vectorized.
 */
final class AttentionScores {

    private final float[] queries;
    private final float[] keys;
    private final int start; // where the first token's channels of this head begin
    private final int stride; // from one token to the next
    private final int channels;
    private final int tokens;
    private final float scale; // 1 / sqrt(channels)
    private final float[] transposedKeys; // (channels, tokens)
    private final float[] scores; // of one query
    private final float[] gradient; // (tokens, tokens) with respect to the scores

    /**
     * @param firstToken index of the scene's first token
     * @param tokens number of tokens of the scene
     * @param heads number of heads in the arrays
     * @param head the head to score
     */
    AttentionScores(float[] queries, float[] keys, int firstToken, int tokens, int heads, int head, int channels) {
        this.queries = queries;
        this.keys = keys;
        this.start = (firstToken * heads + head) * channels;
        this.stride = heads * channels;
        this.channels = channels;
        this.tokens = tokens;
        this.scale = (float) (1 / Math.sqrt(channels));
        this.transposedKeys = new float[channels * tokens];
        for (int j = 0; j < tokens; j++) {
            for (int c = 0; c < channels; c++) {
                transposedKeys[c * tokens + j] = keys[start + j * stride + c];
            }
        }
        this.scores = new float[tokens];
        this.gradient = new float[tokens * tokens];
    }

    /**
     * Returns the share of a query's attention that falls on some tokens, and keeps the gradient of its negative
     * logarithm.
     *
     * @param targets at least one
     */
    double select(int query, int[] targets) {
        Arrays.fill(scores, 0);
        for (int c = 0; c < channels; c++) {
            Axpy.add(scale * queries[start + query * stride + c], transposedKeys, c * tokens, scores, 0, tokens);
        }
        float max = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            max = Math.max(max, score);
        }
        double sum = 0;
        double[] exponentials = new double[tokens];
        for (int j = 0; j < tokens; j++) {
            exponentials[j] = Math.exp(scores[j] - max);
            sum += exponentials[j];
        }
        double selected = 0;
        for (int target : targets) {
            selected += exponentials[target];
        }
        int row = query * tokens;
        for (int j = 0; j < tokens; j++) {
            gradient[row + j] = (float) (exponentials[j] / sum);
        }
        for (int target : targets) {
            gradient[row + target] -= (float) (exponentials[target] / Math.max(selected, Double.MIN_NORMAL));
        }
        return Math.max(selected, Double.MIN_NORMAL) / sum;
    }

    /** Adds the gradients of all kept negative logarithms with respect to queries and keys. */
    void addGradients(float[] intoQueries, float[] intoKeys) {
        for (int i = 0; i < tokens; i++) {
            for (int j = 0; j < tokens; j++) {
                float value = gradient[i * tokens + j] * scale;
                if (value != 0) {
                    Axpy.add(value, keys, start + j * stride, intoQueries, start + i * stride, channels);
                    Axpy.add(value, queries, start + i * stride, intoKeys, start + j * stride, channels);
                }
            }
        }
    }
}
