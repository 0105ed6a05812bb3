package da3.train.label;

import da3.core.DepthAnything3;
import da3.core.InferenceOptions;
import da3.core.InputProcessing;
import da3.core.Prediction;
import da3.core.Request;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.SkyMask;
import da3.geometry.depth.DepthConsensus;
import da3.train.data.TrainingScene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the depth of scenes by that of a monocular teacher. Pixels of the sky, and those that the alignment moves
 * behind the camera, have no depth.
 *
 * @param teacher a model with or without a sky mask; every view is predicted on its own
 * @param aligned whether depth is aligned with the measured depth of each view by {@link DepthConsensus}; otherwise it
 *     stays relative, with a mean of 1, and no measured depth is needed
 */
public record TeacherLabels(DepthAnything3 teacher, boolean aligned) {

    private static final long SEED = 0; // of the random lines of alignments

    /** Fewer measurements do not determine a line against outliers. */
    private static final int MIN_MEASUREMENTS = 8;

    /**
     * Checks that the teacher can process the images of a scene.
     *
     * @throws IllegalArgumentException if they are so elongated that a side becomes too short or too long
     */
    public void requireSize(TrainingScene scene) {
        InferenceOptions.builder()
                .build()
                .mapSizes(List.of(new InputProcessing.Size(scene.columns(), scene.rows())), teacher.config());
    }

    /**
     * Returns the views of a scene that could be labeled; empty if none could.
     *
     * <p>A view without a label has fewer than eight measured depths, or none that rise with the teacher's depth.
     */
    public Optional<TrainingScene> label(TrainingScene scene) {
        int pixels = scene.rows() * scene.columns();
        List<Image> images = new ArrayList<>();
        for (int view = 0; view < scene.views(); view++) {
            byte[] rgb = Arrays.copyOfRange(scene.rgb(), 3 * pixels * view, 3 * pixels * (view + 1));
            images.add(new Image(scene.columns(), scene.rows(), rgb));
        }
        Prediction prediction = teacher.predict(Request.of(
                images,
                InferenceOptions.builder()
                        .independent(true)
                        .nativeSize(true)
                        .weightsHash(false)
                        .build()));
        float[] depth = new float[scene.depth().length];
        List<Integer> labeled = new ArrayList<>();
        for (int view = 0; view < scene.views(); view++) {
            float[] measured = Arrays.copyOfRange(scene.depth(), pixels * view, pixels * (view + 1));
            Optional<float[]> label = label(withoutSky(prediction, view), measured);
            if (label.isPresent()) {
                System.arraycopy(label.get(), 0, depth, pixels * view, pixels);
                labeled.add(view);
            }
        }
        if (labeled.isEmpty()) {
            return Optional.empty();
        }
        TrainingScene all = new TrainingScene(
                scene.views(),
                scene.rows(),
                scene.columns(),
                scene.rgb(),
                depth,
                scene.extrinsics(),
                scene.intrinsics());
        return Optional.of(all.subset(labeled.stream().mapToInt(i -> i).toArray()));
    }

    /** Returns the depth of a view, 0 in the sky. */
    private static float[] withoutSky(Prediction prediction, int view) {
        float[] depth = prediction.scene().view(view).depth().values().clone();
        Optional<ScalarMap> sky = prediction.sky().map(maps -> maps.get(view));
        for (int i = 0; i < depth.length; i++) {
            if (sky.isPresent() && sky.get().values()[i] >= SkyMask.THRESHOLD) {
                depth[i] = 0;
            }
        }
        return depth;
    }

    private Optional<float[]> label(float[] relative, float[] measured) {
        return aligned ? aligned(relative, measured) : withMeanOne(relative);
    }

    private static Optional<float[]> aligned(float[] relative, float[] measured) {
        double[] from = new double[relative.length];
        double[] to = new double[relative.length];
        int samples = 0;
        for (int i = 0; i < relative.length; i++) {
            if (relative[i] > 0 && measured[i] > 0) {
                from[samples] = relative[i];
                to[samples++] = measured[i];
            }
        }
        if (samples < MIN_MEASUREMENTS) {
            return Optional.empty();
        }
        DepthConsensus line;
        try {
            line = DepthConsensus.of(Arrays.copyOf(from, samples), Arrays.copyOf(to, samples), SEED);
        } catch (DegenerateGeometryException e) {
            return Optional.empty(); // counted by the caller as a view without a label
        }
        float[] label = new float[relative.length];
        boolean known = false;
        for (int i = 0; i < label.length; i++) {
            label[i] = relative[i] > 0 ? (float) Math.max(0, line.apply(relative[i])) : 0;
            known |= label[i] > 0;
        }
        return known ? Optional.of(label) : Optional.empty();
    }

    /** Divides depth of any scale by its mean; empty if there is none. */
    static Optional<float[]> withMeanOne(float[] relative) {
        double sum = 0;
        int known = 0;
        for (float value : relative) {
            sum += value;
            known += value > 0 ? 1 : 0;
        }
        if (known == 0) {
            return Optional.empty();
        }
        float[] label = new float[relative.length];
        for (int i = 0; i < label.length; i++) {
            label[i] = (float) (relative[i] * (known / sum));
        }
        return Optional.of(label);
    }
}
