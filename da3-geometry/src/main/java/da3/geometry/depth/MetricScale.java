package da3.geometry.depth;

import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;

/** Conversion of the output of the metric network, which assumes a focal length of 300 pixels, to meters. */
public final class MetricScale {

    private static final double CANONICAL_FOCAL = 300;

    private MetricScale() {}

    /**
     * Returns depth in meters. Source: section 4.3 of the paper, {@code utils/alignment.py} of the reference.
     *
     * @param canonicalDepth output of the metric network
     * @param intrinsics in pixels of the input image of the network
     */
    public static ScalarMap toMeters(ScalarMap canonicalDepth, Intrinsics intrinsics) {
        return canonicalDepth.scaled(metersPerUnit(intrinsics));
    }

    /** Returns the factor that converts the output of the metric network to meters. */
    public static double metersPerUnit(Intrinsics intrinsics) {
        return (intrinsics.fx() + intrinsics.fy()) / 2 / CANONICAL_FOCAL;
    }
}
