package da3.train.optimizer;

/**
 * Options of {@link Muon}.
 *
 * @param learningRate peak learning rate, before the factor of the schedule
 * @param momentum decay of the averaged gradient, in [0, 1)
 * @param weightDecay fraction of a value, times the learning rate, that each step subtracts
 */
public record MuonOptions(double learningRate, double momentum, double weightDecay) {

    /** @throws IllegalArgumentException if an option is out of range */
    public MuonOptions {
        if (!(learningRate >= 0 && weightDecay >= 0 && momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("learning rate and weight decay must not be negative and momentum must"
                    + " be at least 0 and below 1, got " + learningRate + ", " + weightDecay + " and " + momentum);
        }
    }

    /** Returns learning rate 0.02, momentum 0.95, no weight decay. */
    public static MuonOptions defaults() {
        return new MuonOptions(0.02, 0.95, 0);
    }

    public MuonOptions withLearningRate(double rate) {
        return new MuonOptions(rate, momentum, weightDecay);
    }

    public MuonOptions withWeightDecay(double decay) {
        return new MuonOptions(learningRate, momentum, decay);
    }
}
