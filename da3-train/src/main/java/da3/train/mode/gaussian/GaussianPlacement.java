package da3.train.mode.gaussian;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.PoseEncoding;
import da3.geometry.ScalarMap;
import da3.geometry.align.PoseAlignment;
import da3.geometry.math.Percentiles;
import da3.geometry.metrics.DepthMetrics;
import da3.train.config.GaussianGeometry;
import da3.train.data.TrainingScene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * The depth and cameras on which the Gaussians of one scene are placed, in the unit of the network.
 *
 * @param depths one map for each input view
 * @param cameras one for each input view
 * @param toNetwork converts world-to-camera poses of the truth to the frame of the cameras
 */
record GaussianPlacement(List<ScalarMap> depths, List<Camera> cameras, UnaryOperator<Pose> toNetwork) {

    private static final long SEED = 0; // of alignments with outliers

    /**
     * Places one scene.
     *
     * @param geometry choice of depth and cameras
     * @param inputs input views
     * @param depth (views, rows, columns), predicted
     * @param encodings (views, 9), predicted pose encodings; not used with known cameras
     */
    static GaussianPlacement of(GaussianGeometry geometry, TrainingScene inputs, float[] depth, float[] encodings) {
        double unit = 1 / DepthMetrics.medianScale(depth, inputs.depth());
        float[] values = geometry == GaussianGeometry.KNOWN_DEPTH ? known(inputs.depth(), unit, depth) : depth;
        List<Camera> truth = cameras(inputs);
        if (geometry != GaussianGeometry.PREDICTED) {
            UnaryOperator<Pose> scaled =
                    pose -> pose.withTranslation(pose.translation().times(unit));
            List<Camera> cameras = truth.stream()
                    .map(camera -> new Camera(scaled.apply(camera.pose()), camera.intrinsics()))
                    .toList();
            return new GaussianPlacement(maps(inputs, values), cameras, scaled);
        }
        List<Camera> predicted = new ArrayList<>();
        for (int view = 0; view < inputs.views(); view++) {
            predicted.add(PoseEncoding.ofArray(encodings, view * PoseEncoding.LENGTH)
                    .camera(inputs.rows(), inputs.columns()));
        }
        double median = Percentiles.quantile(depth, i -> true, 0.5);
        PoseAlignment alignment = PoseAlignment.of(
                predicted.stream().map(Camera::pose).toList(),
                truth.stream().map(Camera::pose).toList(),
                OptionalDouble.of(median),
                SEED);
        return new GaussianPlacement(maps(inputs, values), predicted, alignment::inPredictedFrame);
    }

    private static float[] known(float[] truth, double unit, float[] predicted) {
        float[] depth = new float[truth.length];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = truth[i] > 0 ? (float) (unit * truth[i]) : predicted[i];
        }
        return depth;
    }

    private static List<Camera> cameras(TrainingScene scene) {
        List<Camera> cameras = new ArrayList<>();
        for (int view = 0; view < scene.views(); view++) {
            cameras.add(scene.camera(view));
        }
        return cameras;
    }

    private static List<ScalarMap> maps(TrainingScene scene, float[] depth) {
        int pixels = scene.rows() * scene.columns();
        List<ScalarMap> maps = new ArrayList<>();
        for (int view = 0; view < scene.views(); view++) {
            float[] map = Arrays.copyOfRange(depth, view * pixels, (view + 1) * pixels);
            maps.add(new ScalarMap(scene.columns(), scene.rows(), map));
        }
        return maps;
    }
}
