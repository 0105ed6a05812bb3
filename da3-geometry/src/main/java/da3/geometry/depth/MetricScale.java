package da3.geometry.depth;

import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;

/** Metric depth as the metric network answers it, for a focal length of 300 pixels, brought to the real one. */
public final class MetricScale {

    private static final double CANONICAL_FOCAL = 300;

    private MetricScale() {}

    /**
     * Depth in meters. Source: section 4.3 of the paper, {@code utils/alignment.py}.
     *
     * @param canonicalDepth what the metric network answered
     * @param intrinsics in pixels of the image that the network saw
     */
    public static ScalarMap toMeters(ScalarMap canonicalDepth, Intrinsics intrinsics) {
        return canonicalDepth.scaled(metersPerUnit(intrinsics));
    }

    /** What the metric network's depth is multiplied by. */
    public static double metersPerUnit(Intrinsics intrinsics) {
        return (intrinsics.fx() + intrinsics.fy()) / 2 / CANONICAL_FOCAL;
    }
}
