package da3.geometry.metrics;

import da3.geometry.Camera;
import da3.geometry.FieldOfView;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Camera errors over the views of many scenes. Angles are in degrees.
 *
 * <p>The direction of the translation counts only where the true baseline is above 5 % of the mean depth of the scene;
 * for shorter ones images do not determine it.
 */
public final class PoseMetrics {

    /** Fraction of the mean depth of a scene above which the direction of a baseline counts. */
    public static final double MIN_BASELINE = 0.05;

    private static final int AUC_DEGREES = 30;

    private final List<PairError> pairs = new ArrayList<>();
    private final List<Double> fieldsOfView = new ArrayList<>();

    /**
     * Adds all pairs of views of a scene.
     *
     * @param predicted a camera for each view
     * @param truth a camera for each view
     * @param meanDepth mean of the true depth, which baselines are compared with
     * @param rows height of the images in pixels
     * @param columns width of the images in pixels
     */
    public void add(List<Camera> predicted, List<Camera> truth, double meanDepth, int rows, int columns) {
        pairs.addAll(PairError.ofAll(predicted, truth, MIN_BASELINE * meanDepth));
        for (int view = 0; view < truth.size(); view++) {
            fieldsOfView.add(fieldOfViewError(predicted.get(view), truth.get(view), rows, columns));
        }
    }

    /** Returns the difference of the fields of view in degrees, averaged over horizontal and vertical. */
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

    /** Returns the mean rotation error of a predictor that predicts no rotation; empty without pairs. */
    public OptionalDouble identityRotation() {
        return pairs.stream()
                .mapToDouble(pair -> Angles.of(pair.trueRotation()))
                .average();
    }

    /** Returns the mean error of the direction of translation; empty if no baseline is long enough. */
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
