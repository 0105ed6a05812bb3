package da3.train.mode.monocular;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.SkyMask;
import da3.geometry.metrics.AffineFit;
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
import java.util.stream.IntStream;

/**
 * The validation of a monocular network. The depth of each image is compared after its least squares alignment with a
 * scale and a shift, and with a constant depth; the sky mask by the share of wrong pixels.
 */
final class MonocularValidation implements Validation<TeacherPrediction> {

    private final List<Batch> batches;
    private final int pictures;

    /**
     * Creates a validation on scenes. Every view is an image of its own.
     *
     * @param scenes scenes at their final size, all of the same shape
     * @param pictures number of images to draw
     */
    MonocularValidation(List<TrainingScene> scenes, int pictures) {
        this.batches = images(scenes);
        this.pictures = Math.min(pictures, batches.size());
    }

    /** Returns a batch for every view of every scene. */
    static List<Batch> images(List<TrainingScene> scenes) {
        return scenes.stream()
                .flatMap(scene -> IntStream.range(0, scene.views()).mapToObj(view -> scene.subset(new int[] {view})))
                .map(image -> new Batch(List.of(image), false))
                .toList();
    }

    @Override
    public Result measure(Workers<TeacherPrediction> workers) {
        List<TeacherPrediction> predictions = workers.onBatches(batches, worker -> worker::predict);
        Map<String, Double> sums = new LinkedHashMap<>();
        for (int i = 0; i < predictions.size(); i++) {
            float[] truth = batches.get(i).depth();
            DepthMetrics own = DepthMetrics.affine(predictions.get(i).depth(), truth);
            DepthMetrics constant = DepthMetrics.ofConstant(truth);
            sums.merge("abs_rel", own.absRel(), Double::sum);
            sums.merge("abs_rel_constant", constant.absRel(), Double::sum);
            sums.merge("delta1", own.delta1(), Double::sum);
            sums.merge("delta1_constant", constant.delta1(), Double::sum);
            sums.merge("sky_error", skyError(predictions.get(i).sky(), truth), Double::sum);
        }
        sums.replaceAll((name, sum) -> sum / predictions.size());
        List<Image> drawn = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            drawn.add(picture(predictions.get(i), batches.get(i).scenes().get(0)));
        }
        return new Result(sums, drawn);
    }

    private static double skyError(float[] sky, float[] truth) {
        int wrong = 0;
        for (int i = 0; i < truth.length; i++) {
            wrong += sky[i] >= SkyMask.THRESHOLD == truth[i] > 0 ? 1 : 0;
        }
        return (double) wrong / truth.length;
    }

    private static Image picture(TeacherPrediction prediction, TrainingScene truth) {
        AffineFit fit = AffineFit.of(prediction.depth(), truth.depth());
        float[] aligned = new float[truth.depth().length];
        for (int i = 0; i < aligned.length; i++) {
            aligned[i] = (float) Math.max(0, fit.apply(prediction.depth()[i]));
        }
        return DepthComparison.of(
                new Image(truth.columns(), truth.rows(), truth.rgb()),
                new ScalarMap(truth.columns(), truth.rows(), aligned),
                new ScalarMap(truth.columns(), truth.rows(), truth.depth()));
    }
}
