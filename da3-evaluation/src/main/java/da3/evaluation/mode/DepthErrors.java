package da3.evaluation.mode;

import da3.geometry.View;
import da3.geometry.metrics.DepthMetrics;
import java.util.List;

/** Depth errors of several views after alignment with one common scale. */
final class DepthErrors {

    private DepthErrors() {}

    /**
     * Compares depth with the truth.
     *
     * @throws IllegalArgumentException if no pixel of the views has a true depth
     */
    static DepthMetrics of(List<View> predicted, List<View> truth) {
        return DepthMetrics.of(DepthMetrics.depths(predicted), DepthMetrics.depths(truth));
    }

    /** Returns the scale that aligns predicted depth with the truth. */
    static double scale(List<View> predicted, List<View> truth) {
        return DepthMetrics.medianScale(DepthMetrics.depths(predicted), DepthMetrics.depths(truth));
    }
}
