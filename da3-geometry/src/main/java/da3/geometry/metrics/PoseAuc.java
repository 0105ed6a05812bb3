package da3.geometry.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The area under the curve of accuracy against threshold: how many pairs of views are within how many degrees. Errors
 * count in whole degrees, rounded down.
 *
 * <p>Source: reference package bench, function compute_pose.
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
     * Returns the curve: the share of the errors below 1, 2, ... degrees; the last bin includes its end.
     *
     * @throws IllegalArgumentException if there is no error or the threshold is below 1
     */
    public static double[] curve(double[] errors, int degrees) {
        if (errors.length == 0 || degrees < 1) {
            throw new IllegalArgumentException("errors must be at least one and the threshold at least 1 degree, got "
                    + errors.length + " errors and a threshold of " + degrees);
        }
        return IntStream.rangeClosed(1, degrees)
                .mapToDouble(end -> (double) Arrays.stream(errors)
                                .filter(error -> error < end || end == degrees && error == end)
                                .count()
                        / errors.length)
                .toArray();
    }
}
