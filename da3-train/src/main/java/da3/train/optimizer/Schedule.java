package da3.train.optimizer;

/** The learning rate over a run, as a factor of its peak. */
@FunctionalInterface
public interface Schedule {

    /**
     * Returns the factor of a step, from 0 to 1.
     *
     * @param step counted from 0
     */
    double factor(long step);

    /** How a {@link #warmupStableDecay} schedule falls from 1 to 0. */
    enum Decay {
        /** {@code 1 - p} after a fraction {@code p} of the decay. */
        LINEAR,
        /** {@code 1 - sqrt(p)} after a fraction {@code p} of the decay. */
        SQUARE_ROOT
    }

    /**
     * Returns a schedule that rises linearly to 1, stays there, and falls to 0, which it reaches at the last step.
     *
     * @param warmupSteps steps of the rise; the last of them has factor 1
     * @param totalSteps steps of the run; later steps have factor 0
     * @param decayFraction fraction of the run, at its end, in which the factor falls, from 0 to 1
     * @throws IllegalArgumentException if rise and fall together are longer than the run
     */
    static Schedule warmupStableDecay(long warmupSteps, long totalSteps, double decayFraction, Decay decay) {
        requireSteps(warmupSteps, totalSteps);
        if (!(decayFraction >= 0 && decayFraction <= 1)) {
            throw new IllegalArgumentException("decay fraction must be from 0 to 1, got " + decayFraction);
        }
        long decaySteps = Math.round(decayFraction * totalSteps);
        if (warmupSteps + decaySteps > totalSteps) {
            throw new IllegalArgumentException("warm-up and decay must fit into " + totalSteps + " steps, got "
                    + warmupSteps + " and " + decaySteps);
        }
        long stableUntil = totalSteps - decaySteps;
        return step -> {
            if (step < warmupSteps) {
                return (step + 1.0) / warmupSteps;
            }
            if (step < stableUntil) {
                return 1;
            }
            if (step >= totalSteps) {
                return 0;
            }
            double progress = (step - stableUntil + 1.0) / decaySteps;
            return decay == Decay.LINEAR ? 1 - progress : 1 - Math.sqrt(progress);
        };
    }

    /**
     * Returns a schedule that rises linearly to 1, then falls along half a cosine to 0, which it reaches at the last
     * step.
     *
     * @param warmupSteps steps of the rise; the last of them has factor 1
     * @param totalSteps steps of the run; later steps have factor 0
     * @throws IllegalArgumentException if the rise is longer than the run
     */
    static Schedule cosine(long warmupSteps, long totalSteps) {
        requireSteps(warmupSteps, totalSteps);
        return step -> {
            if (step < warmupSteps) {
                return (step + 1.0) / warmupSteps;
            }
            double progress = Math.min(1, (step - warmupSteps + 1.0) / (totalSteps - warmupSteps));
            return (1 + Math.cos(Math.PI * progress)) / 2;
        };
    }

    private static void requireSteps(long warmupSteps, long totalSteps) {
        if (warmupSteps < 0 || totalSteps <= 0 || warmupSteps > totalSteps) {
            throw new IllegalArgumentException("warm-up steps must be from 0 to the total, which must be positive, got "
                    + warmupSteps + " of " + totalSteps);
        }
    }
}
