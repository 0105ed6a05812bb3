package da3.evaluation;

import da3.geometry.metrics.SurfaceMetrics;
import java.util.OptionalDouble;

/**
 * How well a predicted surface agrees with the true one. Lengths are in the unit of the truth.
 *
 * @param accuracy mean distance from the predicted to the true surface; empty without a predicted surface
 * @param completeness mean distance from the true to the predicted surface; empty without a predicted surface
 * @param precision share of the predicted surface that is near the true one, 0 to 1; empty if the protocol does not define it
 * @param recall share of the true surface that is near the predicted one, 0 to 1; empty if the protocol does not define it
 */
public record SurfaceScore(
        OptionalDouble accuracy, OptionalDouble completeness, OptionalDouble precision, OptionalDouble recall) {

    /** Returns the score of two surfaces. */
    public static SurfaceScore of(SurfaceMetrics metrics) {
        return new SurfaceScore(
                OptionalDouble.of(metrics.accuracy()),
                OptionalDouble.of(metrics.completeness()),
                OptionalDouble.of(metrics.precision()),
                OptionalDouble.of(metrics.recall()));
    }

    /** Returns whether there is a predicted surface. */
    public boolean hasSurface() {
        return accuracy.isPresent() && completeness.isPresent();
    }

    /** Returns the mean of accuracy and completeness; empty without a predicted surface. */
    public OptionalDouble chamfer() {
        return hasSurface()
                ? OptionalDouble.of((accuracy.getAsDouble() + completeness.getAsDouble()) / 2)
                : OptionalDouble.empty();
    }

    /** Returns the harmonic mean of precision and recall, 0 if both are 0; empty if the protocol does not define it. */
    public OptionalDouble f1() {
        if (precision.isEmpty() || recall.isEmpty()) {
            return OptionalDouble.empty();
        }
        double sum = precision.getAsDouble() + recall.getAsDouble();
        return OptionalDouble.of(sum > 0 ? 2 * precision.getAsDouble() * recall.getAsDouble() / sum : 0);
    }
}
