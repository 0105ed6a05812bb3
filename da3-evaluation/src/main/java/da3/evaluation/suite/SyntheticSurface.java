package da3.evaluation.suite;

import da3.evaluation.SurfaceTruth;
import da3.evaluation.surface.FusionSettings;
import da3.evaluation.surface.TsdfProtocol;
import da3.geometry.Camera;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.DepthMetrics;
import da3.synthetic.RandomScene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The true surface of a synthetic scene: where rays from all cameras of the scene, those of views that are not evaluated
 * included, hit a solid. Points that no evaluated view sees, or sees only beyond the maximum depth of fusion, are left out,
 * so that a perfect prediction can be complete.
 */
final class SyntheticSurface {

    private static final int RAYS_PER_PIXEL = 2; // along each side of an image
    private static final int MAX_CASTS = 16; // cameras from which rays are cast

    // Fractions of the mean depth; in the proportions of 7-Scenes, for smaller images.
    private static final double VOXEL = 1 / 100.0;
    private static final double TRUNCATION = 1 / 20.0;
    private static final double THRESHOLD = 1 / 40.0;
    private static final double MAX_DEPTH = 2;
    private static final int SAMPLES = 200_000;

    private final RandomScene scene;
    private final List<View> views;
    private final double maxDepth;

    private SyntheticSurface(RandomScene scene, List<View> views, double maxDepth) {
        this.scene = scene;
        this.views = views;
        this.maxDepth = maxDepth;
    }

    /**
     * Returns the surface that views see.
     *
     * @param scene the scene
     * @param views its first views, rendered
     */
    static SurfaceTruth of(RandomScene scene, List<View> views) {
        double meanDepth = DepthMetrics.mean(DepthMetrics.depths(views));
        FusionSettings settings = new FusionSettings(
                        VOXEL * meanDepth,
                        TRUNCATION * meanDepth,
                        MAX_DEPTH * meanDepth,
                        THRESHOLD * meanDepth,
                        VOXEL * meanDepth)
                .withSamples(SAMPLES);
        SyntheticSurface surface = new SyntheticSurface(scene, views, settings.maxDepth());
        return new SurfaceTruth(surface::points, new TsdfProtocol(settings));
    }

    private PointCloud points() {
        List<float[]> casts = casters().stream().parallel().map(this::cast).toList();
        float[] positions =
                new float[casts.stream().mapToInt(cast -> cast.length).sum()];
        int at = 0;
        for (float[] cast : casts) {
            System.arraycopy(cast, 0, positions, at, cast.length);
            at += cast.length;
        }
        return new PointCloud(positions, new byte[positions.length]);
    }

    /** Returns the cameras from which rays are cast, spread evenly over the views of the scene. */
    private List<Integer> casters() {
        List<Integer> shots = new ArrayList<>();
        int count = Math.min(MAX_CASTS, scene.views());
        for (int i = 0; i < count; i++) {
            shots.add((int) ((long) i * scene.views() / count));
        }
        return shots;
    }

    private float[] cast(int shot) {
        int rows = RAYS_PER_PIXEL * views.get(0).image().height();
        int columns = RAYS_PER_PIXEL * views.get(0).image().width();
        Camera camera = scene.camera(shot, rows, columns);
        ScalarMap depth = scene.caster().depth(camera, rows, columns);
        Pose toWorld = camera.pose().inverse();
        float[] points = new float[3 * rows * columns];
        int count = 0;
        for (int i = 0; i < rows * columns; i++) {
            double z = depth.values()[i];
            if (z > 0) {
                Vec3 point = toWorld.transform(camera.intrinsics().unproject(i % columns + 0.5, i / columns + 0.5, z));
                if (isSeen(point, shot)) {
                    points[count++] = (float) point.x();
                    points[count++] = (float) point.y();
                    points[count++] = (float) point.z();
                }
            }
        }
        return Arrays.copyOf(points, count);
    }

    private boolean isSeen(Vec3 point, int from) {
        for (int view = 0; view < views.size(); view++) {
            Camera camera = views.get(view).camera().orElseThrow();
            Vec3 seen = camera.pose().transform(point);
            if (seen.z() > 0 && seen.z() <= maxDepth && isInImage(camera, seen)) {
                // what a view's own ray has hit is visible
                if (view == from || scene.caster().isVisible(camera.pose().cameraCenter(), point)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isInImage(Camera camera, Vec3 seen) {
        double u = camera.intrinsics().projectX(seen.x(), seen.z());
        double v = camera.intrinsics().projectY(seen.y(), seen.z());
        return u >= 0
                && v >= 0
                && u <= views.get(0).image().width()
                && v <= views.get(0).image().height();
    }
}
