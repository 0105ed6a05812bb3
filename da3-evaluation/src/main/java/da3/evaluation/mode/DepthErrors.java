package da3.evaluation.mode;

import da3.geometry.View;
import da3.geometry.metrics.DepthMetrics;
import java.util.List;

/** Depth of views against the truth, up to one scale for all of them together. */
final class DepthErrors {

    private DepthErrors() {}

    /** @throws IllegalArgumentException if no pixel of the views has a truth */
    static DepthMetrics of(List<View> predicted, List<View> truth) {
        return DepthMetrics.of(DepthMetrics.depths(predicted), DepthMetrics.depths(truth));
    }

    /** Returns the factor by which predicted depth is scaled. */
    static double scale(List<View> predicted, List<View> truth) {
        return DepthMetrics.medianScale(DepthMetrics.depths(predicted), DepthMetrics.depths(truth));
    }
}
