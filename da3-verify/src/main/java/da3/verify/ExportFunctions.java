package da3.verify;

import com.fasterxml.jackson.databind.JsonNode;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.SkyMask;
import da3.geometry.View;
import da3.geometry.math.Percentiles;
import da3.geometry.points.PointFilter;
import da3.io.Glb;
import da3.io.GlbOptions;
import da3.io.internal.CameraWireframe;
import da3.io.internal.ScenePoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recomputes the function cases of exported files. */
final class ExportFunctions {

    /** Confidence threshold of the second value in {@code out.conf_threshold}. */
    private static final double HIGH_THRESHOLD = 100;

    private ExportFunctions() {}

    static Map<String, FunctionCase> byName() {
        return Map.of(
                "GLB export maths", ExportFunctions::glb,
                "save_gaussian_ply", GaussianFiles::selected,
                "export_ply", GaussianFiles::layouts);
    }

    private static Map<String, GoldenTensor> glb(GoldenCase golden) throws IOException {
        JsonNode params = golden.params();
        GlbOptions options = GlbOptions.defaults()
                .withConfidenceThreshold(params.path("conf_thresh").asDouble())
                .withPercentiles(
                        params.path("conf_thresh_percentile").asDouble(),
                        params.path("ensure_thresh_percentile").asDouble())
                .withCameras(true, params.path("camera_size").asDouble());
        Scene scene = scene(golden, false);
        Scene withSky = scene(golden, true);
        PointFilter filter = PointFilter.of(scene, options.filter());
        Results results = new Results(golden);
        results.put(
                "out.conf_threshold",
                filter.threshold(),
                PointFilter.of(
                                scene,
                                options.withConfidenceThreshold(HIGH_THRESHOLD).filter())
                        .threshold(),
                PointFilter.of(withSky, options.filter()).threshold());
        results.putMaps(
                "out.conf_after_background_filter",
                PointFilter.of(scene, options.withoutBackground(true, true).filter())
                        .confidences()
                        .orElseThrow());
        results.putMaps(
                "out.sky_filled_depth",
                skyFilled(withSky, params.path("sky_depth_percentile").asDouble()));
        ScenePoints world = ScenePoints.of(scene, filter);
        Pose alignment = Glb.alignment(scene.view(0).camera().orElseThrow(), world);
        ScenePoints aligned = world.moved(alignment);
        results.put("out.points_world", world.positions());
        results.put("out.colors", world.rgb());
        results.putPoses("out.alignment", List.of(alignment));
        results.put("out.points_aligned", aligned.positions());
        results.put("out.scene_scale", aligned.extent());
        putCameras(results, scene, options.cameraSize() * aligned.extent(), alignment);
        return results.asMap();
    }

    static Scene scene(GoldenCase golden, boolean withSky) throws IOException {
        Inputs inputs = new Inputs(golden);
        List<ScalarMap> depths = inputs.maps("in.depth");
        List<ScalarMap> confidences = inputs.maps("in.conf");
        List<ScalarMap> sky = withSky ? inputs.maps("in.sky_mask") : List.of(); // 1 means sky, as in a sky map
        List<Camera> cameras = inputs.cameras();
        byte[] pixels = golden.tensor("in.images").bytes();
        List<View> views = new ArrayList<>();
        for (int i = 0; i < depths.size(); i++) {
            ScalarMap depth = depths.get(i);
            int bytes = 3 * depth.values().length;
            views.add(new View(
                    new Image(depth.width(), depth.height(), Arrays.copyOfRange(pixels, i * bytes, (i + 1) * bytes)),
                    depth,
                    Optional.of(confidences.get(i)),
                    Optional.of(cameras.get(i)),
                    withSky ? Optional.of(sky.get(i)) : Optional.empty()));
        }
        return new Scene(views, Optional.empty(), false);
    }

    /** Fills the sky with a percentile of the depth of the ground, as the reference does; {@link Glb} omits the sky. */
    private static List<ScalarMap> skyFilled(Scene scene, double percentile) {
        List<ScalarMap> depths = scene.views().stream().map(View::depth).toList();
        SkyMask mask = SkyMask.of(
                scene.views().stream().map(view -> view.sky().orElseThrow()).toList());
        return mask.fillSky(depths, (float) Percentiles.quantile(mask.ground(depths), percentile / 100));
    }

    private static void putCameras(Results results, Scene scene, double size, Pose alignment) throws IOException {
        int views = scene.views().size();
        double[] lines = new double[0];
        ByteArrayOutputStream colors = new ByteArrayOutputStream();
        for (int i = 0; i < views; i++) {
            View view = scene.view(i);
            double[] wireframe = CameraWireframe.lines(
                    view.camera().orElseThrow(),
                    view.depth().width(),
                    view.depth().height(),
                    size,
                    alignment);
            lines = Arrays.copyOf(lines, lines.length + wireframe.length);
            System.arraycopy(wireframe, 0, lines, lines.length - wireframe.length, wireframe.length);
            colors.writeBytes(CameraWireframe.color(i, views));
        }
        results.put("out.frustum_segments", lines);
        results.put("out.camera_colors", colors.toByteArray());
    }
}
