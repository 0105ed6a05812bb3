package da3.train.mode.student;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.PoseEncoding;
import da3.geometry.ScalarMap;
import da3.geometry.metrics.DepthMetrics;
import da3.geometry.metrics.PoseMetrics;
import da3.geometry.metrics.RayMapCameras;
import da3.geometry.rays.RayMap;
import da3.io.DepthComparison;
import da3.train.data.Batch;
import da3.train.data.TrainingScene;
import da3.train.mode.Validation;
import da3.train.objective.NetworkPrediction;
import da3.train.worker.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The validation of an any-view network. Cameras from the camera head and from the rays are
 * compared with a predictor without rotation, and depth with a constant predictor. A second prediction of every pair,
 * with the second view replaced by that of the next scene, shows whether the network uses it at all.
 */
final class StudentValidation implements Validation<NetworkPrediction> {

    private static final long SEED = 0; // of the fits of cameras to rays

    private final List<Batch> batches;
    private final List<Batch> swapped;
    private final boolean cameras;
    private final int pictures;

    /**
     * Creates a validation on scenes.
     *
     * @param scenes scenes at their final size, all of the same shape
     * @param cameras whether the scenes have true cameras; otherwise only depth is compared
     * @param pictures number of scenes to draw
     */
    StudentValidation(List<TrainingScene> scenes, boolean cameras, int pictures) {
        this.batches =
                scenes.stream().map(scene -> new Batch(List.of(scene), false)).toList();
        this.cameras = cameras;
        this.swapped = cameras && scenes.size() > 1 && scenes.get(0).views() > 1 ? swapped(scenes) : List.of();
        this.pictures = Math.min(pictures, scenes.size());
    }

    /** Replaces the second image of every scene by that of the next scene and keeps the truth. */
    private static List<Batch> swapped(List<TrainingScene> scenes) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < scenes.size(); i++) {
            TrainingScene scene = scenes.get(i);
            TrainingScene other = scenes.get((i + 1) % scenes.size());
            int values = 3 * scene.rows() * scene.columns();
            byte[] rgb = scene.rgb().clone();
            System.arraycopy(other.rgb(), values, rgb, values, values);
            batches.add(new Batch(
                    List.of(new TrainingScene(
                            scene.views(),
                            scene.rows(),
                            scene.columns(),
                            rgb,
                            scene.depth(),
                            scene.extrinsics(),
                            scene.intrinsics())),
                    false));
        }
        return batches;
    }

    @Override
    public Result measure(Workers<NetworkPrediction> workers) {
        List<NetworkPrediction> predictions = workers.onBatches(batches, worker -> worker::predict);
        Map<String, Double> metrics = new LinkedHashMap<>();
        depth(metrics, predictions);
        if (cameras) {
            cameras(metrics, workers, predictions);
        }
        List<Image> drawn = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            drawn.add(picture(predictions.get(i), truth(i)));
        }
        return new Result(metrics, drawn);
    }

    private void cameras(
            Map<String, Double> metrics, Workers<NetworkPrediction> workers, List<NetworkPrediction> predictions) {
        PoseMetrics head = new PoseMetrics();
        PoseMetrics rays = new PoseMetrics();
        PoseMetrics withoutOwnView = new PoseMetrics();
        for (int i = 0; i < predictions.size(); i++) {
            TrainingScene truth = truth(i);
            add(head, camerasOfHead(predictions.get(i)), truth);
            add(rays, camerasOfRays(predictions.get(i)), truth);
        }
        poses(metrics, "head_", head);
        poses(metrics, "rays_", rays);
        put(metrics, "identity_rotation", head.identityRotation());
        if (!swapped.isEmpty()) {
            List<NetworkPrediction> others = workers.onBatches(swapped, worker -> worker::predict);
            for (int i = 0; i < others.size(); i++) {
                add(withoutOwnView, camerasOfRays(others.get(i)), truth(i));
            }
            put(metrics, "rays_rotation_swapped", withoutOwnView.rotation());
        }
    }

    private TrainingScene truth(int i) {
        return batches.get(i).scenes().get(0);
    }

    private void depth(Map<String, Double> metrics, List<NetworkPrediction> predictions) {
        Map<String, Double> sums = new TreeMap<>();
        for (int i = 0; i < predictions.size(); i++) {
            float[] truth = truth(i).depth();
            DepthMetrics own = DepthMetrics.of(predictions.get(i).prediction().depth(), truth);
            DepthMetrics constant = DepthMetrics.ofConstant(truth);
            sums.merge("abs_rel", own.absRel(), Double::sum);
            sums.merge("abs_rel_constant", constant.absRel(), Double::sum);
            sums.merge("delta1", own.delta1(), Double::sum);
            sums.merge("delta1_constant", constant.delta1(), Double::sum);
        }
        sums.forEach((name, sum) -> metrics.put(name, sum / predictions.size()));
    }

    private static void poses(Map<String, Double> metrics, String prefix, PoseMetrics poses) {
        put(metrics, prefix + "rotation", poses.rotation());
        put(metrics, prefix + "translation", poses.translation());
        put(metrics, prefix + "auc30", poses.auc30());
        put(metrics, prefix + "fov", poses.fieldOfView());
    }

    private static void put(Map<String, Double> metrics, String name, OptionalDouble value) {
        metrics.put(name, value.orElse(Double.NaN));
    }

    private static void add(PoseMetrics metrics, List<Camera> predicted, TrainingScene truth) {
        List<Camera> cameras = new ArrayList<>();
        for (int view = 0; view < truth.views(); view++) {
            cameras.add(truth.camera(view));
        }
        metrics.add(predicted, cameras, DepthMetrics.mean(truth.depth()), truth.rows(), truth.columns());
    }

    private static List<Camera> camerasOfHead(NetworkPrediction p) {
        List<Camera> cameras = new ArrayList<>();
        for (int view = 0; view < p.images(); view++) {
            PoseEncoding encoding = PoseEncoding.ofArray(p.camera(), view * PoseEncoding.LENGTH);
            cameras.add(encoding.camera(p.rows(), p.columns()));
        }
        return cameras;
    }

    private static List<Camera> camerasOfRays(NetworkPrediction p) {
        int pixels = p.rayRows() * p.rayColumns();
        float[] rays = p.prediction().ray();
        List<RayMap> maps = new ArrayList<>();
        for (int view = 0; view < p.images(); view++) {
            float[] confidence = new float[pixels];
            for (int i = 0; i < pixels; i++) {
                confidence[i] = 1 + (float) Math.exp(p.rays()[7 * (view * pixels + i) + 6]);
            }
            float[] own = Arrays.copyOfRange(rays, 6 * view * pixels, 6 * (view + 1) * pixels);
            maps.add(new RayMap(p.rayColumns(), p.rayRows(), own, confidence));
        }
        return RayMapCameras.of(maps, p.rows(), p.columns(), SEED);
    }

    /** Draws the first view with {@link DepthComparison}. */
    private static Image picture(NetworkPrediction prediction, TrainingScene truth) {
        int pixels = truth.rows() * truth.columns();
        float[] depth = Arrays.copyOf(prediction.prediction().depth(), pixels);
        float[] real = Arrays.copyOf(truth.depth(), pixels);
        ScalarMap map = new ScalarMap(truth.columns(), truth.rows(), depth);
        return DepthComparison.of(
                new Image(truth.columns(), truth.rows(), Arrays.copyOf(truth.rgb(), 3 * pixels)),
                map.scaled(DepthMetrics.medianScale(depth, real)),
                new ScalarMap(truth.columns(), truth.rows(), real));
    }
}
