package da3.cli;

import da3.core.InputProcessing;
import da3.core.Request;
import da3.geometry.Image;
import da3.geometry.PixelTransform;
import da3.geometry.Scene;
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
 * What is written, and where.
 *
 * @param features by layer, (views, rows, columns, channels)
 * @param photos that the scene was predicted from, a view each
 * @param request with the same photos as images
 */
record Export(
        Scene scene,
        Map<Integer, float[]> features,
        Path directory,
        GlbOptions glb,
        double featureFramesPerSecond,
        GaussianVideo gaussianVideo,
        List<PredictMixin.Photo> photos,
        Request request) {

    /** The scene before the photos at their own size. */
    ColmapModel colmap() {
        List<PixelTransform> toViews = InputProcessing.process(
                        request.images(), List.of(), request.resolution(), request.resizeMethod())
                .transforms();
        List<ColmapPhoto> views = new ArrayList<>();
        for (int i = 0; i < photos.size(); i++) {
            Image image = request.images().get(i);
            views.add(new ColmapPhoto(photos.get(i).name(), image.width(), image.height(), toViews.get(i)));
        }
        ColmapOptions options = ColmapOptions.defaults()
                .withConfidencePercentile(glb.confidencePercentile())
                .withMaxPoints(glb.maxPoints())
                .withSeed(glb.seed());
        return ColmapScene.of(scene, views, options);
    }
}
