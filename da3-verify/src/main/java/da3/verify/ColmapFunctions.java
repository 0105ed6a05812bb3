package da3.verify;

import com.fasterxml.jackson.databind.JsonNode;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.image.PixelTransform;
import da3.io.colmap.ColmapCamera;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import da3.io.colmap.ColmapOptions;
import da3.io.colmap.ColmapPhoto;
import da3.io.colmap.ColmapScene;
import da3.io.internal.ScenePoints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Recomputes the function cases of COLMAP models. */
final class ColmapFunctions {

    private ColmapFunctions() {}

    static Map<String, FunctionCase> byName() {
        return Map.of("export_to_colmap values", ColmapFunctions::export);
    }

    private static Map<String, GoldenTensor> export(GoldenCase golden) throws IOException {
        JsonNode params = golden.params();
        Scene scene = ExportFunctions.scene(golden, false);
        List<ColmapPhoto> photos = photos(params, scene);
        ColmapOptions options = ColmapOptions.defaults()
                .withConfidencePercentile(params.path("conf_thresh_percentile").asDouble());
        ColmapModel model = ColmapScene.of(scene, photos, options);
        Results results = new Results(golden);
        results.put(
                "out.camera_params",
                model.cameras().stream()
                        .map(ColmapCamera::parameters)
                        .flatMapToDouble(DoubleStream::of)
                        .toArray());
        results.put(
                "out.camera_size_wh",
                model.cameras().stream()
                        .flatMapToDouble(camera -> DoubleStream.of(camera.width(), camera.height()))
                        .toArray());
        List<Pose> poses = model.images().stream().map(ColmapImage::pose).toList();
        results.putMatrices(
                "out.rotation_w2c", poses.stream().map(Pose::rotation).toList());
        results.put(
                "out.translation_w2c",
                poses.stream()
                        .map(Pose::translation)
                        .flatMapToDouble(t -> DoubleStream.of(t.x(), t.y(), t.z()))
                        .toArray());
        ScenePoints points = ScenePoints.of(scene, ColmapScene.filter(scene, options));
        results.put("out.points_xyz", points.positions());
        results.put("out.points_rgb", points.rgb());
        ReferenceBehavior.SingleTracks tracks =
                ReferenceBehavior.singleTracks(scene, photos, ColmapScene.filter(scene, options));
        results.put("out.tracks", tracks.tracks());
        for (int view = 0; view < photos.size(); view++) {
            results.put("out.points2d_" + view, tracks.observations().get(view));
        }
        return results.asMap();
    }

    private static List<ColmapPhoto> photos(JsonNode params, Scene scene) {
        List<ColmapPhoto> photos = new ArrayList<>();
        for (View view : scene.views()) {
            JsonNode size = params.path("original_sizes_w_h").path(photos.size());
            int width = size.path(0).asInt();
            int height = size.path(1).asInt();
            photos.add(new ColmapPhoto(
                    params.path("image_names").path(photos.size()).asText(),
                    width,
                    height,
                    PixelTransform.IDENTITY.resized(
                            (double) view.depth().width() / width,
                            (double) view.depth().height() / height)));
        }
        return photos;
    }
}
