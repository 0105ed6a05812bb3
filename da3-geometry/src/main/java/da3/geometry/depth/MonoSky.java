package da3.geometry.depth;

import da3.geometry.ScalarMap;
import da3.geometry.SkyMask;
import da3.geometry.math.Percentiles;
import java.util.List;

/** Puts the sky of a monocular prediction behind everything else. Source: {@code model/da3.py} of the reference. */
public final class MonoSky {

    private static final double FAR_QUANTILE = 0.99;

    // With this few pixels of a kind the split is noise.
    private static final int TOO_FEW = 10;

    private MonoSky() {}

    /**
     * The depths with sky pixels set to the 99th percentile of the ground's depth over all views; unchanged unless
     * there are more than ten pixels each of sky and of ground.
     */
    public static List<ScalarMap> fill(List<ScalarMap> depths, List<ScalarMap> skies) {
        SkyMask mask = SkyMask.of(skies);
        mask.requireSameSize(depths);
        if (mask.groundCount() <= TOO_FEW || mask.skyCount() <= TOO_FEW) {
            return List.copyOf(depths);
        }
        return mask.fillSky(depths, (float) Percentiles.quantile(mask.ground(depths), FAR_QUANTILE));
    }
}
