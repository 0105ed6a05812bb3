package da3.train.run;

/**
 * A loss that asks attention across views for matching patches. It starts at its weight and falls to 0 along a line.
 *
 * @param weight in the total at the first step; 0 for none
 * @param steps after which it is 0
 * @param heads number of heads that it supervises, in the first block across views
 */
public record AttentionSettings(double weight, long steps, int heads) {

    static AttentionSettings read(Section s) {
        return new AttentionSettings(
                s.number("weight", 0, 0, 1e6),
                s.integer("steps", 10_000L, 1, Long.MAX_VALUE),
                s.integer("heads", 1, 1, 1000));
    }

    /** Returns the weight at a step. */
    double at(long step) {
        return weight * Math.max(0, 1 - (double) step / steps);
    }
}
