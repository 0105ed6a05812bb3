package da3.train.objective;

import java.util.Arrays;

/**
 * Teaches attention across views which patches match. Every head is asked to put the attention of a patch on the patches
 * of other views that show the same surface: the loss of a patch is the negative logarithm of their share of its
 * attention over all tokens of the scene. Its labels follow from the truth alone.
 *
 * <p>The mean is over all patches that have a match in another view, and over the supervised heads. Without any match
 * the loss is 0.
 */
public final class AttentionObjective {

    private final int heads;

    /**
     * The value of the objective and its gradient.
     *
     * @param loss mean negative log-likelihood in nats
     * @param share mean share of the attention that falls on matching patches, 0 to 1; 0 without any match
     * @param queries gradient with respect to the queries, of their shape
     * @param keys gradient with respect to the keys, of their shape
     */
    public record Result(double loss, double share, float[] queries, float[] keys) {}

    /**
     * @param heads number of heads to supervise, from the first
     * @throws IllegalArgumentException if there are none
     */
    public AttentionObjective(int heads) {
        if (heads < 1) {
            throw new IllegalArgumentException("number of supervised heads must be positive, got " + heads);
        }
        this.heads = heads;
    }

    /** Returns the number of heads that this objective supervises. */
    public int heads() {
        return heads;
    }

    /**
     * Returns the loss of queries and keys and its gradients.
     *
     * @param queries (images x tokens, allHeads, channels), where token 0 of an image is its camera token, followed by
     *     its patches
     * @param keys of the same shape
     * @param allHeads number of heads of the block, at least as many as are supervised
     * @throws IllegalArgumentException if the arrays do not divide into the tokens of the truth's images
     */
    public Result evaluate(
            StudentTruth truth, float[] queries, float[] keys, int allHeads, int patchRows, int patchColumns) {
        int tokens = 1 + patchRows * patchColumns;
        int rows = truth.images() * tokens;
        if (queries.length == 0 || queries.length % (rows * allHeads) != 0 || keys.length != queries.length) {
            throw new IllegalArgumentException("queries and keys must have " + truth.images() + " x " + tokens
                    + " tokens of " + allHeads + " heads, got " + queries.length + " and " + keys.length + " values");
        }
        if (heads > allHeads) {
            throw new IllegalArgumentException(
                    "number of supervised heads must be at most " + allHeads + ", got " + heads);
        }
        int channels = queries.length / rows / allHeads;
        PatchMatches matches = new PatchMatches(truth, patchRows, patchColumns);
        float[] queryGradient = new float[queries.length];
        float[] keyGradient = new float[keys.length];
        double loss = 0;
        double share = 0;
        long count = 0;
        for (int scene = 0; scene < truth.scenes(); scene++) {
            int[][] targets = targets(matches, scene * truth.views(), truth.views(), tokens);
            for (int head = 0; head < heads; head++) {
                AttentionScores scores = new AttentionScores(
                        queries,
                        keys,
                        scene * truth.views() * tokens,
                        truth.views() * tokens,
                        allHeads,
                        head,
                        channels);
                for (int query = 0; query < targets.length; query++) {
                    if (targets[query].length > 0) {
                        double p = scores.select(query, targets[query]);
                        loss -= Math.log(p);
                        share += p;
                        count++;
                    }
                }
                scores.addGradients(queryGradient, keyGradient);
            }
        }
        if (count == 0) {
            return new Result(0, 0, queryGradient, keyGradient);
        }
        scale(queryGradient, 1f / count);
        scale(keyGradient, 1f / count);
        return new Result(loss / count, share / count, queryGradient, keyGradient);
    }

    /** Returns for each token of a scene the tokens of other views that match it. */
    private static int[][] targets(PatchMatches matches, int firstImage, int views, int tokens) {
        int[][] found = new int[views * tokens][views];
        int[] counts = new int[views * tokens];
        for (int a = 0; a < views; a++) {
            for (int b = 0; b < views; b++) {
                int[] patches = a == b ? new int[0] : matches.between(firstImage + a, firstImage + b);
                for (int i = 0; i < patches.length; i++) {
                    int query = a * tokens + 1 + i;
                    if (patches[i] != PatchMatches.NONE) {
                        found[query][counts[query]++] = b * tokens + 1 + patches[i];
                    }
                }
            }
        }
        for (int i = 0; i < found.length; i++) {
            found[i] = Arrays.copyOf(found[i], counts[i]);
        }
        return found;
    }

    private static void scale(float[] values, float factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }
}
