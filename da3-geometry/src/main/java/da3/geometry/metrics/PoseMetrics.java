package da3.geometry.metrics;

import da3.geometry.Camera;
import da3.geometry.FieldOfView;
import da3.geometry.Mat3;
import da3.geometry.Pose;
import da3.geometry.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How well relative poses of pairs of views fit. Angles are in degrees.
 *
 * <p>The direction of the translation counts only where the true baseline is above 5 % of the scene's mean depth: below,
 * no image tells it. AUC30 takes the larger of both errors of a pair, or the rotation's alone where the direction does
 * not count, and is the area under the share of pairs within 0 to 30 degrees.
 */
public final class PoseMetrics {

    private static final double LEAST_BASELINE = 0.05;
    private static final int AUC_DEGREES = 30;

    private final List<Double> rotations = new ArrayList<>();
    private final List<Double> identities = new ArrayList<>();
    private final List<Double> translations = new ArrayList<>();
    private final List<Double> worst = new ArrayList<>();
    private final List<Double> fieldsOfView = new ArrayList<>();

    /**
     * Adds all pairs of a scene's views.
     *
     * @param predicted a camera for each view
     * @param truth a camera for each view
     * @param meanDepth of the scene's true depth, which baselines are compared with
     */
    public void add(List<Camera> predicted, List<Camera> truth, double meanDepth, int rows, int columns) {
        for (int a = 0; a < truth.size(); a++) {
            FieldOfView seen = FieldOfView.of(predicted.get(a).intrinsics(), columns, rows);
            FieldOfView real = FieldOfView.of(truth.get(a).intrinsics(), columns, rows);
            fieldsOfView.add(Math.toDegrees(
                    (Math.abs(seen.horizontal() - real.horizontal()) + Math.abs(seen.vertical() - real.vertical()))
                            / 2));
            for (int b = a + 1; b < truth.size(); b++) {
                pair(relative(predicted.get(a), predicted.get(b)), relative(truth.get(a), truth.get(b)), meanDepth);
            }
        }
    }

    private void pair(Pose predicted, Pose truth, double meanDepth) {
        double rotation = angle(predicted.rotation().times(truth.rotation().transpose()));
        rotations.add(rotation);
        identities.add(angle(truth.rotation()));
        double error = rotation;
        if (truth.translation().norm() > LEAST_BASELINE * meanDepth) {
            double direction = angle(predicted.translation(), truth.translation());
            translations.add(direction);
            error = Math.max(error, direction);
        }
        worst.add(error);
    }

    /** The motion from camera a to camera b. */
    private static Pose relative(Camera a, Camera b) {
        return b.pose().after(a.pose().inverse());
    }

    /** The angle of a rotation; from the matrix's distance to the identity, which is exact near 0 too. */
    static double angle(Mat3 rotation) {
        double[] m = rotation.toArray();
        double squared = 0;
        for (int i = 0; i < 9; i++) {
            double d = m[i] - (i % 4 == 0 ? 1 : 0);
            squared += d * d;
        }
        return Math.toDegrees(2 * Math.asin(Math.min(1, Math.sqrt(squared / 8))));
    }

    /** The angle between two directions; 90 where one has no length. */
    static double angle(Vec3 a, Vec3 b) {
        if (a.norm() == 0 || b.norm() == 0) {
            return 90;
        }
        return Math.toDegrees(Math.atan2(a.cross(b).norm(), a.dot(b)));
    }

    /** Returns the mean rotation error; empty without pairs. */
    public OptionalDouble rotation() {
        return mean(rotations);
    }

    /** Returns the mean rotation error of a predictor that says that no camera turns; empty without pairs. */
    public OptionalDouble identityRotation() {
        return mean(identities);
    }

    /** Returns the mean error of the translation's direction; empty where no baseline is long enough. */
    public OptionalDouble translation() {
        return mean(translations);
    }

    /** Returns the mean error of the fields of view, horizontal and vertical; empty without views. */
    public OptionalDouble fieldOfView() {
        return mean(fieldsOfView);
    }

    /** Returns the area under the curve up to 30 degrees, 0 to 100; empty without pairs. */
    public OptionalDouble auc30() {
        return mean(worst.stream()
                .map(error -> 100 * Math.max(0, 1 - error / AUC_DEGREES))
                .toList());
    }

    private static OptionalDouble mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average();
    }
}
