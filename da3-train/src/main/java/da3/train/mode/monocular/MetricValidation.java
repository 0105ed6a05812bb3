package da3.train.mode.monocular;

import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import da3.geometry.depth.MetricScale;
import da3.geometry.metrics.DepthMetrics;
import da3.io.DepthComparison;
import da3.train.data.Batch;
import da3.train.data.TrainingScene;
import da3.train.mode.Validation;
import da3.train.objective.TeacherPrediction;
import da3.train.worker.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The validation of a metric network. Depth in meters is compared without alignment, over all images and over those of
 * narrow, medium and wide horizontal fields of view.
 */
final class MetricValidation implements Validation<TeacherPrediction> {

    /** Upper limits of narrow and medium fields of view, in degrees. */
    private static final double NARROW = 57;

    private static final double MEDIUM = 73;

    private final List<Batch> images;
    private final int pictures;

    /**
     * Creates a validation on scenes. Every view is an image of its own.
     *
     * @param scenes scenes at their final size, all of the same shape
     * @param pictures number of images to draw
     */
    MetricValidation(List<TrainingScene> scenes, int pictures) {
        this.images = MonocularValidation.images(scenes);
        this.pictures = Math.min(pictures, images.size());
    }

    @Override
    public Result measure(Workers<TeacherPrediction> workers) {
        List<TeacherPrediction> predictions = workers.onBatches(images, worker -> worker::predict);
        Map<String, Mean> means = new LinkedHashMap<>();
        for (String name : List.of("abs_rel", "delta1", "meters", "meters_narrow", "meters_medium", "meters_wide")) {
            means.put(name, new Mean());
        }
        List<Image> drawn = new ArrayList<>();
        for (int i = 0; i < predictions.size(); i++) {
            TrainingScene truth = images.get(i).scenes().get(0);
            Intrinsics intrinsics = truth.camera(0).intrinsics();
            ScalarMap depth = new ScalarMap(
                    truth.columns(), truth.rows(), predictions.get(i).depth());
            ScalarMap meters = MetricScale.toMeters(depth, intrinsics);
            DepthMetrics metrics = DepthMetrics.unaligned(meters.values(), truth.depth());
            double error = meanError(meters.values(), truth.depth());
            means.get("abs_rel").add(metrics.absRel());
            means.get("delta1").add(metrics.delta1());
            means.get("meters").add(error);
            means.get("meters_" + fieldOfView(intrinsics, truth.columns())).add(error);
            if (drawn.size() < pictures) {
                drawn.add(DepthComparison.of(
                        new Image(truth.columns(), truth.rows(), truth.rgb()),
                        meters,
                        new ScalarMap(truth.columns(), truth.rows(), truth.depth())));
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        means.forEach((name, mean) -> metrics.put(name, mean.value()));
        return new Result(metrics, drawn);
    }

    private static String fieldOfView(Intrinsics intrinsics, int columns) {
        double degrees = Math.toDegrees(2 * Math.atan(columns / (2 * intrinsics.fx())));
        return degrees < NARROW ? "narrow" : degrees < MEDIUM ? "medium" : "wide";
    }

    /** Returns the mean absolute error over pixels with a known depth, in meters. */
    private static double meanError(float[] meters, float[] truth) {
        Mean mean = new Mean();
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] > 0) {
                mean.add(Math.abs(meters[i] - truth[i]));
            }
        }
        return mean.value();
    }

    private static final class Mean {

        private double sum;
        private int count;

        void add(double value) {
            sum += value;
            count++;
        }

        /** Returns the mean; NaN without values. */
        double value() {
            return sum / count;
        }
    }
}
