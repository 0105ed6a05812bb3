package da3.train.run;

/**
 * A contrastive loss between tokens of matching patches, before views see each other. Its weight decreases linearly to
 * 0.
 *
 * @param weight weight in the total at the first step; 0 to disable
 * @param steps number of steps after which the weight is 0
 * @param temperature divisor of the cosine similarities
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
