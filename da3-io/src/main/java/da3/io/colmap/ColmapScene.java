package da3.io.colmap;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Scene;
import da3.geometry.points.PointFilter;
import da3.geometry.points.PointFilterOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * A scene as a COLMAP model: a PINHOLE camera an image, at the photo's own size, and a point wherever a pixel is confident
 * enough, seen from every view that agrees on its depth ({@link PointTracks}). Ids count from 1.
 *
 * <p>Unlike the reference's {@code utils/export/colmap.py} observations keep their fractions of a pixel, rays go through
 * the middles of pixels, cropped photos are served, and a point has as many observations as views that see it, without
 * which no bundle could be adjusted.
 */
public final class ColmapScene {

    private ColmapScene() {}

    /**
     * @param photos one a view
     * @throws IllegalArgumentException if there is no view, their number differs from the photos', or a view has no camera
     *     or no proper one
     */
    public static ColmapModel of(Scene scene, List<ColmapPhoto> photos, ColmapOptions options) {
        int views = scene.views().size();
        if (views == 0 || photos.size() != views) {
            throw new IllegalArgumentException(
                    photos.size() + " photos for " + views + " views; legal: one each, and at least one");
        }
        List<ColmapCamera> cameras = new ArrayList<>();
        for (int v = 0; v < views; v++) {
            cameras.add(camera(v, camera(scene, v), photos.get(v)));
        }
        PointTracks tracks = PointTracks.of(scene, photos, filter(scene, options), options);
        List<ColmapImage> images = new ArrayList<>();
        for (int v = 0; v < views; v++) {
            images.add(new ColmapImage(
                    v + 1,
                    camera(scene, v).pose(),
                    v + 1,
                    photos.get(v).name(),
                    tracks.observed(v),
                    tracks.observedPoints(v)));
        }
        return new ColmapModel(cameras, images, tracks.points());
    }

    /** Pixels from the percentile of confidence on, whatever that is. */
    public static PointFilter filter(Scene scene, ColmapOptions options) {
        return PointFilter.of(
                scene,
                PointFilterOptions.defaults()
                        .withConfidenceThreshold(0)
                        .withPercentiles(options.confidencePercentile(), 100));
    }

    static Camera camera(Scene scene, int v) {
        Camera camera = scene.view(v)
                .camera()
                .orElseThrow(() -> new IllegalArgumentException(
                        "view " + v + " has no camera, which a COLMAP model needs; legal: a model that gives cameras"));
        camera.pose().requireRigid("the pose of view " + v);
        camera.intrinsics().requireValid("the intrinsics of view " + v);
        return camera;
    }

    private static ColmapCamera camera(int v, Camera camera, ColmapPhoto photo) {
        Intrinsics k = photo.toView().undo(camera.intrinsics());
        double[] parameters = {k.fx(), k.fy(), k.cx(), k.cy()};
        return new ColmapCamera(v + 1, ColmapCameraModel.PINHOLE, photo.width(), photo.height(), parameters);
    }
}
