package da3.synthetic;

import da3.geometry.check.Check;
import da3.synthetic.solid.Pattern;
import da3.synthetic.solid.Solid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How large the features of patterns on surfaces are. Layouts draw sizes of 2 to 10 units.
 *
 * @param unit size of a unit in meters, so that images show how large a scene is; empty for the size of a pixel on the
 *     surface in an image with 168 columns, which is best for matching, but scenes of different sizes may look the same
 */
public record PatternSizes(OptionalDouble unit) {

    /** Width in pixels of an image in which features are 2 to 10 pixels large. */
    private static final int NOMINAL_COLUMNS = 168;

    /** @throws IllegalArgumentException if the unit is not positive */
    public PatternSizes {
        if (unit.isPresent()) {
            Check.positive("unit of pattern sizes", unit.getAsDouble());
        }
    }

    /** Returns sizes in pixels. */
    public static PatternSizes inPixels() {
        return new PatternSizes(OptionalDouble.empty());
    }

    /** Returns sizes in multiples of {@code unit} meters. */
    public static PatternSizes inMeters(double unit) {
        return new PatternSizes(OptionalDouble.of(unit));
    }

    /** Converts the sizes of patterns from units to meters. */
    List<Solid> apply(List<Solid> solids, List<SceneGenerator.ShotPlan> plans) {
        double typical = unit.isPresent() ? unit.getAsDouble() : metersPerPixel(plans, -1, 1);
        List<Solid> sized = new ArrayList<>();
        for (int i = 0; i < solids.size(); i++) {
            double meters = unit.isPresent() ? typical : metersPerPixel(plans, i, typical);
            List<Pattern> patterns = solids.get(i).patterns().stream()
                    .map(p -> p.withSize(p.size() * meters))
                    .toList();
            sized.add(solids.get(i).withPatterns(patterns));
        }
        return sized;
    }

    /** Returns the median size of a pixel on a visible solid, or on all solids if {@code solid} is -1. */
    private static double metersPerPixel(List<SceneGenerator.ShotPlan> plans, int solid, double fallback) {
        double[] all = new double[plans.size() * plans.get(0).preview().depth().length];
        int count = 0;
        for (SceneGenerator.ShotPlan plan : plans) {
            double perDepth = 2 * StrictMath.tan(plan.fieldOfView() / 2) / NOMINAL_COLUMNS;
            float[] depth = plan.preview().depth();
            for (int p = 0; p < depth.length; p++) {
                if (depth[p] > 0 && (solid < 0 || plan.preview().solids()[p] == solid)) {
                    all[count++] = depth[p] * perDepth;
                }
            }
        }
        if (count == 0) {
            return fallback;
        }
        Arrays.sort(all, 0, count);
        return all[count / 2];
    }
}
