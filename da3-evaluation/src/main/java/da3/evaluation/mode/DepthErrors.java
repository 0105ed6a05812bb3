package da3.evaluation.mode;

import da3.geometry.View;
import da3.geometry.metrics.DepthMetrics;
import java.util.List;

/** Depth of views against the truth, up to one scale for all of them together. */
final class DepthErrors {

    private DepthErrors() {}

    /** @throws IllegalArgumentException if no pixel of the views has a truth */
    static DepthMetrics of(List<View> predicted, List<View> truth) {
        return DepthMetrics.of(depths(predicted), depths(truth));
    }

    /** Returns the factor by which predicted depth is scaled. */
    static double scale(List<View> predicted, List<View> truth) {
        return DepthMetrics.medianScale(depths(predicted), depths(truth));
    }

    private static float[] depths(List<View> views) {
        int pixels = views.get(0).depth().values().length;
        float[] all = new float[views.size() * pixels]; // (views, rows, columns)
        for (int i = 0; i < views.size(); i++) {
            System.arraycopy(views.get(i).depth().values(), 0, all, i * pixels, pixels);
        }
        return all;
    }
}
