package da3.train.config;

import da3.train.yaml.Section;

/**
 * The weight of an auxiliary loss, which decreases linearly to 0.
 *
 * @param initial weight in the total at the first step; 0 to disable the loss
 * @param steps number of steps after which the weight is 0
 */
public record DecayingWeight(double initial, long steps) {

    /** The weight of a disabled loss. */
    static final DecayingWeight ZERO = new DecayingWeight(0, 1);

    static DecayingWeight read(Section s) {
        return new DecayingWeight(s.number("weight", 0, 0, 1e6), s.integer("steps", 10_000L, 1, Long.MAX_VALUE));
    }

    /**
     * Returns the weight at a step.
     *
     * @param step number of steps before it, from 0
     */
    public double at(long step) {
        return initial * Math.max(0, 1 - (double) step / steps);
    }

    /** Returns whether the weight is above 0 at any step. */
    public boolean isEnabled() {
        return initial > 0;
    }
}
