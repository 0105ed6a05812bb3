package da3.io.colmap;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Scene;
import da3.geometry.check.Check;
import da3.geometry.points.PointFilter;
import da3.geometry.points.PointFilterOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Converts scenes to COLMAP models: one PINHOLE camera per image, at the size of the original photo, and one point per
 * sufficiently confident pixel, observed by every view with a consistent depth ({@link PointTracks}). Ids count from 1.
 *
 * <p>Differences from the reference's {@code utils/export/colmap.py}: observations are not rounded to whole pixels,
 * rays pass through pixel centers, cropped photos are supported, and every view that sees a point observes it, as
 * bundle adjustment requires.
 */
public final class ColmapScene {

    private ColmapScene() {}

    /**
     * Returns the COLMAP model of a scene.
     *
     * @param photos one per view
     * @throws IllegalArgumentException if there are no views, the numbers of views and photos differ, or a view has no
     *     camera or an invalid one
     */
    public static ColmapModel of(Scene scene, List<ColmapPhoto> photos, ColmapOptions options) {
        int views = scene.views().size();
        Check.positive("number of views", views);
        if (photos.size() != views) {
            throw Check.invalid("number of photos", views + ", one for each view", photos.size());
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

    /** Returns the filter that keeps pixels at or above the confidence percentile. */
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
                .orElseThrow(() -> new IllegalArgumentException("view " + v
                        + " has no camera, which a COLMAP model needs; choose a model that predicts cameras"));
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
