package da3.train.optimizer;

/**
 * Options of {@link AdamW}.
 *
 * @param learningRate peak learning rate, before the factor of the schedule
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment
 * @param weightDecay fraction of a value, times the learning rate, that each step subtracts
 */
public record AdamWOptions(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {

    /** @throws IllegalArgumentException if an option is out of range */
    public AdamWOptions {
        if (!(learningRate >= 0 && weightDecay >= 0 && epsilon > 0)) {
            throw new IllegalArgumentException(
                    "learning rate and weight decay must not be negative and epsilon must be positive, got "
                            + learningRate + ", " + weightDecay + " and " + epsilon);
        }
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException("betas must be at least 0 and below 1, got " + beta1 + " and " + beta2);
        }
    }

    /** Returns learning rate 1e-3, betas 0.9 and 0.95, epsilon 1e-8, weight decay 0.05. */
    public static AdamWOptions defaults() {
        return new AdamWOptions(1e-3, 0.9, 0.95, 1e-8, 0.05);
    }

    public AdamWOptions withLearningRate(double rate) {
        return new AdamWOptions(rate, beta1, beta2, epsilon, weightDecay);
    }

    public AdamWOptions withWeightDecay(double decay) {
        return new AdamWOptions(learningRate, beta1, beta2, epsilon, decay);
    }
}
