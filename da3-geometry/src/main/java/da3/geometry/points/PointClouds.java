package da3.geometry.points;

import da3.geometry.PointCloud;
import da3.geometry.Scene;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.List;

/** Conversion of scenes to point clouds. */
public final class PointClouds {

    private PointClouds() {}

    /**
     * Returns the points of the pixels of a scene in world coordinates, ordered by view and row; the ray of a pixel
     * passes through its center. Views without cameras use {@link PlaceholderCamera}. The cloud has confidences if all
     * views have them. The same arguments give identical bytes.
     *
     * @throws IllegalArgumentException if the scene is empty, a camera is invalid, or the maps of a view differ in size
     */
    public static PointCloud of(Scene scene, PointCloudOptions options) {
        Check.atLeast("number of views", 1, scene.views().size());
        UnprojectedPoints points =
                UnprojectedPoints.of(scene, PointFilter.of(scene, options.filter()), UnprojectedPoints.CENTER);
        PointCloud cloud = points.cloud();
        int[] views = points.views();
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
}
