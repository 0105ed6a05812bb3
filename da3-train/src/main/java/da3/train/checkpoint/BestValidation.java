package da3.train.checkpoint;

import da3.train.config.ValidationMetric;
import java.util.Locale;

/**
 * The best validation so far.
 *
 * @param metric metric by which validations are compared
 * @param cost cost of the best validation, see {@link ValidationMetric#cost}; infinite before the first
 * @param since number of validations after the best one
 */
public record BestValidation(ValidationMetric metric, double cost, long since) {

    /** Returns the state before the first validation. */
    public static BestValidation none(ValidationMetric metric) {
        return new BestValidation(metric, Double.POSITIVE_INFINITY, 0);
    }

    /**
     * Returns the state after one more validation.
     *
     * @param newCost its cost; NaN is not better than any cost
     */
    public BestValidation after(double newCost) {
        return newCost < cost ? new BestValidation(metric, newCost, 0) : new BestValidation(metric, cost, since + 1);
    }

    /** Returns whether the last {@code patience} validations were not better; false if {@code patience} is 0. */
    public boolean exhausts(int patience) {
        return patience > 0 && since >= patience;
    }

    /** Returns a message about the last validations. */
    public String described() {
        return String.format(
                Locale.ROOT,
                "%s did not improve on %.4g in the last %s",
                metric.id(),
                metric.value(cost),
                since == 1 ? "validation" : since + " validations");
    }
}
