package da3.geometry.depth;

import da3.geometry.ScalarMap;
import da3.geometry.SkyMask;
import da3.geometry.math.Percentiles;
import java.util.List;

/** Moves the sky of a monocular prediction behind everything else. Source: {@code model/da3.py} of the reference. */
public final class MonoSky {

    private static final double SKY_QUANTILE = 0.99;

    // With fewer sky or ground pixels, the sky scores are considered noise.
    private static final int MIN_PIXELS = 11;

    private MonoSky() {}

    /**
     * Returns the depths with sky pixels set to the 99th percentile of the ground depth over all views. The depths are
     * unchanged unless there are more than ten sky pixels and more than ten ground pixels.
     */
    public static List<ScalarMap> fill(List<ScalarMap> depths, List<ScalarMap> skies) {
        SkyMask mask = SkyMask.of(skies);
        mask.requireSameSize(depths);
        if (mask.groundCount() < MIN_PIXELS || mask.skyCount() < MIN_PIXELS) {
            return List.copyOf(depths);
        }
        return mask.fillSky(depths, (float) Percentiles.quantile(mask.ground(depths), SKY_QUANTILE));
    }
}
