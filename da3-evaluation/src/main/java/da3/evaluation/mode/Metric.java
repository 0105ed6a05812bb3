package da3.evaluation.mode;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A metric of a mode.
 *
 * @param id name such as {@code abs_rel}, unique in its mode
 * @param title title with the unit
 * @param better which of two values is better
 * @param aggregation how the metric is computed from the samples of scenes
 */
public record Metric(String id, String title, Better better, Aggregation aggregation) {

    /** Which of two values is better. */
    public enum Better {
        LOWER,
        HIGHER,
        /** Describes the scenes, or compares a predictor with itself; does not rank predictors. */
        NEITHER
    }

    /** Computes a metric from samples; the result is empty if the metric has no samples. */
    @FunctionalInterface
    public interface Aggregation {
        OptionalDouble of(Samples samples);
    }

    /** Returns a metric that is the mean of samples. */
    static Metric mean(String id, String title, Better better, String samples) {
        return new Metric(id, title, better, all -> average(all, samples));
    }

    /** Returns a metric that is the ratio of the means of two kinds of samples. */
    static Metric ratio(String id, String title, Better better, String numerator, String denominator) {
        return new Metric(id, title, better, all -> {
            OptionalDouble above = average(all, numerator);
            OptionalDouble below = average(all, denominator);
            return above.isPresent() && below.isPresent() && below.getAsDouble() > 0
                    ? OptionalDouble.of(above.getAsDouble() / below.getAsDouble())
                    : OptionalDouble.empty();
        });
    }

    private static OptionalDouble average(Samples all, String name) {
        return Arrays.stream(all.values(name)).average();
    }
}
