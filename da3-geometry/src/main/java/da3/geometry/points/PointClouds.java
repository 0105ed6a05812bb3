package da3.geometry.points;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Scenes as point clouds. */
public final class PointClouds {

    private PointClouds() {}

    /**
     * The points of a scene's pixels, view after view, in world coordinates; a pixel's ray goes through its center.
     * Views without cameras see from {@link PlaceholderCamera}. Confidences are there if all views have them. The same
     * arguments give the same bytes.
     *
     * @throws IllegalArgumentException if the scene is empty, a camera is no camera, or a view's maps differ in size
     */
    public static PointCloud of(Scene scene, PointCloudOptions options) {
        if (scene.views().isEmpty()) {
            throw new IllegalArgumentException("scene has no views; legal: at least 1");
        }
        Unprojected points = new Unprojected(scene, PointFilter.of(scene, options.filter()));
        PointCloud cloud = points.cloud;
        int[] views = points.views;
        if (options.voxelSize() > 0) {
            VoxelGrid grid = VoxelGrid.of(cloud, options.voxelSize());
            cloud = grid.means();
            views = selected(views, grid.firsts());
        }
        if (options.outlierNeighbors() > 0) {
            int[] kept = OutlierRemoval.kept(cloud, options.outlierNeighbors(), options.outlierDeviations());
            cloud = cloud.select(kept);
            views = selected(views, kept);
        }
        if (options.normalNeighbors() > 0) {
            List<Vec3> eyes = scene.views().stream()
                    .map(view -> PlaceholderCamera.of(view).pose().cameraCenter())
                    .toList();
            int[] seenBy = views;
            cloud = cloud.withNormals(PointNormals.of(cloud, options.normalNeighbors(), i -> eyes.get(seenBy[i])));
        }
        return cloud.atMost(options.maxPoints(), options.seed());
    }

    private static int[] selected(int[] values, int[] indices) {
        return Arrays.stream(indices).map(i -> values[i]).toArray();
    }

    /** Points that remember which view they are from. */
    private static final class Unprojected {

        private final PointCloud cloud;
        private final int[] views;

        Unprojected(Scene scene, PointFilter filter) {
            int count = 0;
            for (int v = 0; v < scene.views().size(); v++) {
                requireProper(scene.view(v), "view " + v);
                for (int i = 0; i < scene.view(v).depth().values().length; i++) {
                    count = filter.keeps(v, i) ? Math.addExact(count, 1) : count;
                }
            }
            float[] positions = new float[Math.multiplyExact(3, count)];
            byte[] colors = new byte[3 * count];
            float[] confidences = new float[count];
            boolean confident =
                    scene.views().stream().allMatch(view -> view.confidence().isPresent());
            int[] seenBy = new int[count];
            int at = 0;
            for (int v = 0; v < scene.views().size(); v++) {
                View view = scene.view(v);
                Camera camera = PlaceholderCamera.of(view);
                Intrinsics k = camera.intrinsics();
                Pose toWorld = camera.pose().inverse();
                ScalarMap depth = view.depth();
                for (int i = 0; i < depth.values().length; i++) {
                    if (filter.keeps(v, i)) {
                        double z = depth.values()[i];
                        Vec3 point = toWorld.transform(new Vec3(
                                (i % depth.width() + 0.5 - k.cx()) / k.fx() * z,
                                (i / depth.width() + 0.5 - k.cy()) / k.fy() * z,
                                z));
                        if (!isNear(point)) {
                            continue;
                        }
                        positions[3 * at] = (float) point.x();
                        positions[3 * at + 1] = (float) point.y();
                        positions[3 * at + 2] = (float) point.z();
                        System.arraycopy(view.image().rgb(), 3 * i, colors, 3 * at, 3);
                        confidences[at] = confident ? view.confidence().get().values()[i] : 0;
                        seenBy[at++] = v;
                    }
                }
            }
            this.views = Arrays.copyOf(seenBy, at);
            this.cloud = new PointCloud(
                    Arrays.copyOf(positions, 3 * at),
                    Arrays.copyOf(colors, 3 * at),
                    Optional.empty(),
                    confident ? Optional.of(Arrays.copyOf(confidences, at)) : Optional.empty());
        }

        /** Whether floats reach as far. */
        private static boolean isNear(Vec3 point) {
            return Math.abs(point.x()) <= Float.MAX_VALUE
                    && Math.abs(point.y()) <= Float.MAX_VALUE
                    && Math.abs(point.z()) <= Float.MAX_VALUE;
        }

        private static void requireProper(View view, String name) {
            Camera camera = PlaceholderCamera.of(view);
            camera.pose().requireRigid("the pose of " + name);
            camera.intrinsics().requireValid("the intrinsics of " + name);
        }
    }
}
