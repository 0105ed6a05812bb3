package da3.evaluation.mode;

import da3.evaluation.EvaluationScene;
import da3.evaluation.PredictedScene;
import da3.evaluation.mode.Metric.Better;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.math.Mat3;
import da3.geometry.metrics.Angles;
import da3.geometry.metrics.ConstantRotation;
import da3.geometry.metrics.PairError;
import da3.geometry.metrics.PoseAuc;
import da3.geometry.metrics.PoseMetrics;
import da3.geometry.metrics.TrajectoryError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Cameras of all views of a scene, from the camera head and from the rays: errors of all pairs of views, of the
 * trajectory, and of the fields of view. The direction of translation counts only where the baseline is above 5 % of the
 * mean depth; without known depth it counts for all cameras that differ in their centers, as in the reference. A second
 * prediction, whose second view is from another scene, shows whether a predictor uses that view at all.
 */
final class PoseMode implements Mode {

    private static final int[] AUC_DEGREES = {3, 5, 15, 30};
    private static final double NO_BASELINE = 1e-9; // cameras that only turn have no direction of translation
    private static final String TRUE_ROTATION = "pose.true_rotation"; // nine row-major values for each pair
    private static final String IDENTITY = "pose.identity.rotation";

    @Override
    public String id() {
        return "pose";
    }

    @Override
    public String title() {
        return "Cameras";
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        for (Source source : Source.values()) {
            metrics.addAll(metrics(source));
        }
        metrics.add(Metric.mean("identity_rotation", "Rotation error of no turn, degrees", Better.NEITHER, IDENTITY));
        metrics.add(new Metric(
                "constant_rotation",
                "Rotation error of the best constant turn, degrees",
                Better.NEITHER,
                PoseMode::constantRotation));
        return metrics;
    }

    private static List<Metric> metrics(Source source) {
        String id = source.id + "_";
        String title = source.title + ": ";
        List<Metric> metrics = new ArrayList<>();
        for (int degrees : AUC_DEGREES) {
            metrics.add(new Metric(
                    id + "auc" + degrees,
                    title + "AUC" + degrees,
                    Better.HIGHER,
                    samples -> auc(samples, source, degrees)));
        }
        metrics.add(Metric.mean(
                id + "rotation", title + "rotation error, degrees", Better.LOWER, source.sample("rotation")));
        metrics.add(Metric.ratio(
                id + "rotation_of_identity",
                title + "rotation error over that of no turn",
                Better.LOWER,
                source.sample("rotation"),
                IDENTITY));
        metrics.add(Metric.mean(
                id + "direction",
                title + "translation direction error, degrees",
                Better.LOWER,
                source.sample("direction")));
        metrics.add(
                Metric.mean(id + "fov", title + "field of view error, degrees", Better.LOWER, source.sample("fov")));
        for (int degrees : AUC_DEGREES) {
            metrics.add(Metric.mean(
                    id + "paper_auc" + degrees,
                    title + "AUC" + degrees + " as in the paper",
                    Better.HIGHER,
                    source.sample("paper_auc" + degrees)));
        }
        metrics.add(Metric.mean(id + "ate", title + "ATE, unit of the scene", Better.LOWER, source.sample("ate")));
        metrics.add(Metric.mean(
                id + "rpe_translation",
                title + "RPE of translation, unit of the scene",
                Better.LOWER,
                source.sample("rpe_translation")));
        metrics.add(Metric.mean(
                id + "rpe_rotation", title + "RPE of rotation, degrees", Better.LOWER, source.sample("rpe_rotation")));
        metrics.add(Metric.ratio(
                id + "swapped",
                title + "rotation error with a view of another scene over that with its own",
                Better.NEITHER,
                source.sample("swapped.rotation"),
                source.sample("own.rotation")));
        return metrics;
    }

    private static OptionalDouble auc(Samples samples, Source source, int degrees) {
        double[] worst = samples.values(source.sample("worst"));
        return worst.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(PoseAuc.of(worst, degrees));
    }

    private static OptionalDouble constantRotation(Samples samples) {
        double[] values = samples.values(TRUE_ROTATION);
        List<Mat3> rotations = new ArrayList<>();
        for (int i = 0; i < values.length; i += 9) {
            rotations.add(Mat3.of(values, i));
        }
        return rotations.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(ConstantRotation.meanAngle(ConstantRotation.of(rotations), rotations));
    }

    @Override
    public void measure(ScenePredictions predictions, Samples into) {
        EvaluationScene scene = predictions.scene();
        Optional<List<Camera>> truth = scene.cameras();
        if (truth.isEmpty()) {
            return;
        }
        double minBaseline = minBaseline(scene);
        boolean truthAdded = false;
        for (Source source : Source.values()) {
            Optional<List<Camera>> cameras = source.of(predictions.together());
            if (cameras.isPresent()) {
                List<PairError> pairs = PairError.ofAll(cameras.get(), truth.get(), minBaseline);
                pairs(pairs, source, into);
                paperAuc(cameras.get(), truth.get(), source, into);
                trajectory(cameras.get(), truth.get(), source, into);
                fieldsOfView(cameras.get(), truth.get(), scene.images().get(0), source, into);
                swapped(predictions, truth.get(), pairs, source, into);
                if (!truthAdded) {
                    truth(pairs, into);
                    truthAdded = true;
                }
            }
        }
    }

    private static double minBaseline(EvaluationScene scene) {
        OptionalDouble meanDepth = scene.meanDepth();
        return meanDepth.isPresent() ? PoseMetrics.MIN_BASELINE * meanDepth.getAsDouble() : NO_BASELINE;
    }

    private static void pairs(List<PairError> pairs, Source source, Samples into) {
        for (PairError pair : pairs) {
            into.add(source.sample("rotation"), pair.rotation());
            pair.direction().ifPresent(direction -> into.add(source.sample("direction"), direction));
            into.add(source.sample("worst"), pair.worst());
        }
    }

    /** Adds the area of this scene as the reference computes it: short baselines count, and directions have no sign. */
    private static void paperAuc(List<Camera> predicted, List<Camera> truth, Source source, Samples into) {
        double[] errors = PairError.ofAll(predicted, truth, NO_BASELINE).stream()
                .mapToDouble(pair ->
                        Math.max(pair.rotation(), unsigned(pair.direction().orElse(0))))
                .toArray();
        for (int degrees : errors.length == 0 ? new int[0] : AUC_DEGREES) {
            into.add(source.sample("paper_auc" + degrees), PoseAuc.of(errors, degrees));
        }
    }

    private static double unsigned(double degrees) {
        return Math.min(degrees, 180 - degrees);
    }

    private static void trajectory(List<Camera> predicted, List<Camera> truth, Source source, Samples into) {
        TrajectoryError.of(predicted, truth).ifPresent(error -> {
            into.add(source.sample("ate"), error.absolute());
            into.add(source.sample("rpe_translation"), error.relativeTranslation());
            into.add(source.sample("rpe_rotation"), error.relativeRotation());
        });
    }

    /** Adds the errors of the fields of view, if the predicted cameras have intrinsics. */
    private static void fieldsOfView(
            List<Camera> predicted, List<Camera> truth, Image image, Source source, Samples into) {
        for (int view = 0; view < truth.size(); view++) {
            if (predicted.get(view).intrinsics().fx() > 0) {
                into.add(
                        source.sample("fov"),
                        PoseMetrics.fieldOfViewError(
                                predicted.get(view), truth.get(view), image.height(), image.width()));
            }
        }
    }

    private static void swapped(
            ScenePredictions predictions, List<Camera> truth, List<PairError> own, Source source, Samples into) {
        predictions.swapped().flatMap(source::of).ifPresent(cameras -> {
            PairError pair = PairError.ofAll(cameras.subList(0, 2), truth.subList(0, 2), 0)
                    .get(0);
            into.add(source.sample("own.rotation"), own.get(0).rotation());
            into.add(source.sample("swapped.rotation"), pair.rotation());
        });
    }

    private static void truth(List<PairError> pairs, Samples into) {
        for (PairError pair : pairs) {
            into.add(IDENTITY, Angles.of(pair.trueRotation()));
            for (double entry : pair.trueRotation().toArray()) {
                into.add(TRUE_ROTATION, entry);
            }
        }
    }

    /** Sources of predicted cameras. */
    private enum Source {
        HEAD("head", "Camera head"),
        RAYS("rays", "Rays");

        private final String id;
        private final String title;

        Source(String id, String title) {
            this.id = id;
            this.title = title;
        }

        private String sample(String name) {
            return "pose." + id + "." + name;
        }

        private Optional<List<Camera>> of(PredictedScene predicted) {
            return this == HEAD ? predicted.cameras() : predicted.rayCameras();
        }
    }
}
