package da3.export;

import da3.core.InputProcessing;
import da3.core.Prediction;
import da3.core.Request;
import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.image.PixelTransform;
import da3.io.GlbOptions;
import da3.io.colmap.ColmapModel;
import da3.io.colmap.ColmapOptions;
import da3.io.colmap.ColmapPhoto;
import da3.io.colmap.ColmapScene;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A prediction to export, its request and the export directory.
 *
 * @param scene predicted scene
 * @param features features by layer, (views, rows, columns, channels)
 * @param directory export directory
 * @param options options of the formats
 * @param names file names of the images, one per view
 * @param request the request that the scene was predicted from
 * @param resolution resolution in pixels that the images of the request were resized to
 */
public record Export(
        Scene scene,
        Map<Integer, float[]> features,
        Path directory,
        ExportOptions options,
        List<String> names,
        Request request,
        int resolution) {

    /** Returns the export of a prediction. */
    public static Export of(
            Prediction prediction, Request request, List<String> names, Path directory, ExportOptions options) {
        return new Export(
                prediction.scene(),
                prediction.features(),
                directory,
                options,
                names,
                request,
                prediction.provenance().resolution());
    }

    /** Returns the scene as a COLMAP model of the images at their native size. */
    ColmapModel colmap() {
        List<PixelTransform> toViews = InputProcessing.process(
                        request.images(),
                        List.of(),
                        resolution,
                        request.options().resizeMethod())
                .transforms();
        List<ColmapPhoto> views = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Image image = request.images().get(i);
            views.add(new ColmapPhoto(names.get(i), image.width(), image.height(), toViews.get(i)));
        }
        GlbOptions glb = options.glb();
        ColmapOptions colmap = ColmapOptions.defaults()
                .withConfidencePercentile(glb.confidencePercentile())
                .withMaxPoints(glb.maxPoints())
                .withSeed(glb.seed());
        return ColmapScene.of(scene, views, colmap);
    }
}
