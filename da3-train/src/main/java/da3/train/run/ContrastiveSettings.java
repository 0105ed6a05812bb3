package da3.train.run;

/**
 * A contrastive loss between tokens of matching patches, before views see each other. It starts at its weight and falls
 * to 0 along a line.
 *
 * @param weight in the total at the first step; 0 for none
 * @param steps after which it is 0
 * @param temperature what cosine similarities are divided by
 */
public record ContrastiveSettings(double weight, long steps, double temperature) {

    static ContrastiveSettings read(Section s) {
        return new ContrastiveSettings(
                s.number("weight", 0, 0, 1e6),
                s.integer("steps", 10_000L, 1, Long.MAX_VALUE),
                s.number("temperature", 0.1, 0.001, 100));
    }

    /** Returns the weight at a step. */
    double at(long step) {
        return weight * Math.max(0, 1 - (double) step / steps);
    }
}
