package da3.train.objective;

/**
 * A contrastive loss of patch tokens. For every patch whose surface is visible in another view of its scene, the loss
 * is the cross entropy of the matching patch among all patches of that view, by cosine similarity of their tokens over
 * a temperature (InfoNCE, arXiv 1807.03748). It needs only the ground truth, and teaches cross-view attention to match
 * patches long before the other objectives do.
 *
 * <p>The mean is over all matches in both directions of all pairs of views. Without any match the loss is 0.
 */
public final class ContrastiveObjective {

    private final double temperature;

    /**
     * The value of the objective.
     *
     * @param loss mean cross entropy in nats
     * @param accuracy fraction of patches whose most similar patch is the matching one; 0 without any match
     * @param gradient gradient of the loss with respect to the tokens, with their shape
     */
    public record Result(double loss, double accuracy, float[] gradient) {}

    /**
     * @param temperature divisor of the cosine similarities, positive
     * @throws IllegalArgumentException if the temperature is not positive
     */
    public ContrastiveObjective(double temperature) {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature must be finite and above 0, got " + temperature);
        }
        this.temperature = temperature;
    }

    /**
     * Returns the loss of tokens and its gradient.
     *
     * @param tokens (images, patchRows * patchColumns, channels), before views see each other
     * @throws IllegalArgumentException if the tokens do not match the patches of the images
     */
    public Result evaluate(StudentTruth truth, float[] tokens, int patchRows, int patchColumns) {
        int patches = patchRows * patchColumns;
        int count = truth.images() * patches;
        if (tokens.length == 0 || tokens.length % count != 0) {
            throw new IllegalArgumentException("tokens must be of " + truth.images() + " images of " + patchRows + "x"
                    + patchColumns + " patches, got " + tokens.length + " values");
        }
        int channels = tokens.length / count;
        UnitTokens unit = UnitTokens.of(tokens, channels);
        PatchMatches matches = new PatchMatches(truth, patchRows, patchColumns);
        Sums sums = new Sums(new float[tokens.length]);
        for (int scene = 0; scene < truth.scenes(); scene++) {
            int end = (scene + 1) * truth.views();
            for (int a = scene * truth.views(); a < end; a++) {
                for (int b = a + 1; b < end; b++) {
                    PatchSimilarity similarity = new PatchSimilarity(unit, patches, a, b, temperature);
                    sums.add(similarity, matches.between(a, b), false);
                    sums.add(similarity, matches.between(b, a), true);
                    similarity.addGradient(sums.gradient);
                }
            }
        }
        if (sums.matches == 0) {
            return new Result(0, 0, new float[tokens.length]);
        }
        float[] gradient = unit.backward(sums.gradient, 1.0 / sums.matches);
        return new Result(sums.loss / sums.matches, (double) sums.hits / sums.matches, gradient);
    }

    private static final class Sums {

        private final float[] gradient; // with respect to the tokens at unit length
        private double loss;
        private long matches;
        private long hits;

        Sums(float[] gradient) {
            this.gradient = gradient;
        }

        void add(PatchSimilarity similarity, int[] target, boolean backwards) {
            for (int i = 0; i < target.length; i++) {
                if (target[i] != PatchMatches.NONE) {
                    int best = similarity.mostSimilar(i, backwards);
                    loss += similarity.crossEntropy(i, target[i], best, backwards);
                    hits += best == target[i] ? 1 : 0;
                    matches++;
                }
            }
        }
    }
}
