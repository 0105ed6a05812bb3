package da3.geometry.metrics;

import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The area under the curve of accuracy over threshold, where accuracy is the fraction of view pairs with a smaller
 * error. Errors are rounded down to whole degrees.
 *
 * <p>Source: function compute_pose in package bench of the reference.
 */
public final class PoseAuc {

    private PoseAuc() {}

    /**
     * Returns the area up to a threshold.
     *
     * @param errors of pairs, in degrees; at least one
     * @param degrees the threshold
     * @return 0 to 100
     * @throws IllegalArgumentException if there is no error or the threshold is below 1
     */
    public static double of(double[] errors, int degrees) {
        double[] accuracy = curve(errors, degrees);
        return 100 * Arrays.stream(accuracy).sum() / degrees;
    }

    /**
     * Returns the curve: the fraction of errors below 1, 2, ... degrees; the last value includes errors equal to the
     * threshold.
     *
     * @throws IllegalArgumentException if there is no error or the threshold is below 1
     */
    public static double[] curve(double[] errors, int degrees) {
        if (errors.length == 0 || degrees < 1) {
            throw Check.invalid(
                    "errors and threshold",
                    "at least 1 error and at least 1 degree",
                    errors.length + " errors and " + degrees + " degrees");
        }
        return IntStream.rangeClosed(1, degrees)
                .mapToDouble(end -> (double) Arrays.stream(errors)
                                .filter(error -> error < end || end == degrees && error == end)
                                .count()
                        / errors.length)
                .toArray();
    }
}
