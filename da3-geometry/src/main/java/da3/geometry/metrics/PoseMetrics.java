package da3.geometry.metrics;

import da3.geometry.Camera;
import da3.geometry.FieldOfView;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How well cameras of many scenes fit. Angles are in degrees.
 *
 * <p>The direction of the translation counts only where the true baseline is above 5 % of the scene's mean depth: below,
 * no image tells it.
 */
public final class PoseMetrics {

    /** Share of a scene's mean depth above which a baseline has a direction. */
    public static final double LEAST_BASELINE = 0.05;

    private static final int AUC_DEGREES = 30;

    private final List<PairError> pairs = new ArrayList<>();
    private final List<Double> fieldsOfView = new ArrayList<>();

    /**
     * Adds all pairs of a scene's views.
     *
     * @param predicted a camera for each view
     * @param truth a camera for each view
     * @param meanDepth of the scene's true depth, which baselines are compared with
     */
    public void add(List<Camera> predicted, List<Camera> truth, double meanDepth, int rows, int columns) {
        pairs.addAll(PairError.ofAll(predicted, truth, LEAST_BASELINE * meanDepth));
        for (int view = 0; view < truth.size(); view++) {
            fieldsOfView.add(fieldOfViewError(predicted.get(view), truth.get(view), rows, columns));
        }
    }

    /** Returns by how many degrees the fields of view differ, the mean of horizontal and vertical. */
    public static double fieldOfViewError(Camera predicted, Camera truth, int rows, int columns) {
        FieldOfView seen = FieldOfView.of(predicted.intrinsics(), columns, rows);
        FieldOfView real = FieldOfView.of(truth.intrinsics(), columns, rows);
        return Math.toDegrees(
                (Math.abs(seen.horizontal() - real.horizontal()) + Math.abs(seen.vertical() - real.vertical())) / 2);
    }

    /** Returns the mean rotation error; empty without pairs. */
    public OptionalDouble rotation() {
        return pairs.stream().mapToDouble(PairError::rotation).average();
    }

    /** Returns the mean rotation error of a predictor that says that no camera turns; empty without pairs. */
    public OptionalDouble identityRotation() {
        return pairs.stream()
                .mapToDouble(pair -> Angles.of(pair.trueRotation()))
                .average();
    }

    /** Returns the mean error of the translation's direction; empty where no baseline is long enough. */
    public OptionalDouble translation() {
        return pairs.stream().flatMapToDouble(pair -> pair.direction().stream()).average();
    }

    /** Returns the mean error of the fields of view, horizontal and vertical; empty without views. */
    public OptionalDouble fieldOfView() {
        return fieldsOfView.stream().mapToDouble(Double::doubleValue).average();
    }

    /** Returns the area under the curve up to 30 degrees, 0 to 100; empty without pairs. */
    public OptionalDouble auc30() {
        double[] worst = pairs.stream().mapToDouble(PairError::worst).toArray();
        return worst.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(PoseAuc.of(worst, AUC_DEGREES));
    }
}
