package da3.demo;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.metrics.DepthMetrics;
import da3.geometry.metrics.PoseMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A prediction aligned with the truth: the first predicted camera coincides with the first true one, and depth is scaled
 * so that the medians agree. The scale is shared by all views if the model predicts cameras, and separate for each view
 * if it does not.
 *
 * @param views depth and cameras as predicted, aligned; the true cameras where the model predicts none
 * @param predictsCameras whether the model predicts cameras
 */
record Comparison(List<View> views, boolean predictsCameras, PredictionErrors errors) {

    Comparison {
        views = List.copyOf(views);
    }

    /**
     * Aligns a prediction with the truth and computes its errors.
     *
     * @param truth with cameras; depth is 0 where it is unknown
     * @param prediction of the same images, at the same size
     */
    static Comparison of(Scene truth, Scene prediction) {
        boolean cameras =
                prediction.views().stream().allMatch(view -> view.camera().isPresent());
        return cameras ? together(truth.views(), prediction.views()) : viewByView(truth.views(), prediction.views());
    }

    private static Comparison together(List<View> truth, List<View> prediction) {
        float[] known = DepthMetrics.depths(truth);
        float[] predicted = DepthMetrics.depths(prediction);
        double scale = DepthMetrics.medianScale(predicted, known);
        List<Camera> trueCameras = cameras(truth);
        List<Camera> predictedCameras = cameras(prediction);
        List<Camera> aligned = aligned(predictedCameras, trueCameras.get(0).pose(), scale);
        List<View> views = new ArrayList<>();
        for (int i = 0; i < truth.size(); i++) {
            views.add(view(truth.get(i), prediction.get(i).depth().scaled(scale), aligned.get(i)));
        }
        PoseMetrics poses = new PoseMetrics();
        ScalarMap size = truth.get(0).depth();
        poses.add(predictedCameras, trueCameras, DepthMetrics.mean(known), size.height(), size.width());
        DepthMetrics depth = DepthMetrics.of(predicted, known);
        DepthMetrics constant = DepthMetrics.ofConstant(known);
        return new Comparison(
                views,
                true,
                new PredictionErrors(
                        depth.absRel(),
                        constant.absRel(),
                        depth.delta1(),
                        constant.delta1(),
                        poses.rotation(),
                        poses.identityRotation()));
    }

    private static Comparison viewByView(List<View> truth, List<View> prediction) {
        List<View> views = new ArrayList<>();
        double[] sums = new double[4]; // the errors of depth, over views
        for (int i = 0; i < truth.size(); i++) {
            float[] known = truth.get(i).depth().values();
            ScalarMap predicted = prediction.get(i).depth();
            double scale = DepthMetrics.medianScale(predicted.values(), known);
            views.add(view(
                    truth.get(i), predicted.scaled(scale), truth.get(i).camera().orElseThrow()));
            DepthMetrics depth = DepthMetrics.of(predicted.values(), known);
            DepthMetrics constant = DepthMetrics.ofConstant(known);
            sums[0] += depth.absRel();
            sums[1] += constant.absRel();
            sums[2] += depth.delta1();
            sums[3] += constant.delta1();
        }
        int n = truth.size();
        return new Comparison(
                views,
                false,
                new PredictionErrors(
                        sums[0] / n,
                        sums[1] / n,
                        sums[2] / n,
                        sums[3] / n,
                        OptionalDouble.empty(),
                        OptionalDouble.empty()));
    }

    private static View view(View truth, ScalarMap depth, Camera camera) {
        return new View(truth.image(), depth, Optional.empty(), Optional.of(camera));
    }

    /** Moves and scales cameras together, so that the first gets the given world-to-camera pose. */
    private static List<Camera> aligned(List<Camera> cameras, Pose first, double scale) {
        Pose fromFirst = cameras.get(0).pose().inverse();
        return cameras.stream()
                .map(camera -> {
                    Pose relative = camera.pose().compose(fromFirst);
                    Pose scaled =
                            relative.withTranslation(relative.translation().times(scale));
                    return new Camera(scaled.compose(first), camera.intrinsics());
                })
                .toList();
    }

    private static List<Camera> cameras(List<View> views) {
        return views.stream().map(view -> view.camera().orElseThrow()).toList();
    }
}
