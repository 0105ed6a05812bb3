package da3.server.tasks;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a viewer needs of a completed task. All paths are relative to its results, with {@code /} between names.
 *
 * @param metric whether lengths are metres
 * @param glb point cloud with cameras
 * @param mesh fused surface
 * @param gaussians Gaussians as PLY
 * @param video flight through them
 */
public record SceneDescription(
        UUID taskId,
        String name,
        boolean metric,
        List<SceneView> views,
        Optional<String> glb,
        Optional<String> mesh,
        Optional<String> gaussians,
        Optional<String> video) {

    public SceneDescription {
        views = List.copyOf(views);
    }

    /**
     * One view.
     *
     * @param name of its photo
     * @param width of the photo and the maps, in pixels
     * @param extrinsics 3x4 row-major, world-to-camera, axes of OpenCV
     * @param intrinsics fx, fy, cx, cy, in pixels
     * @param photo the processed photo as JPEG
     * @param depth height * width little-endian float32, row-major from the top left, along z; 0 or NaN is none
     * @param confidence as depth, for models that have it
     */
    public record SceneView(
            int index,
            String name,
            int width,
            int height,
            Optional<List<Double>> extrinsics,
            Optional<List<Double>> intrinsics,
            String photo,
            String depth,
            Optional<String> confidence) {

        public SceneView {
            extrinsics = extrinsics.map(List::copyOf);
            intrinsics = intrinsics.map(List::copyOf);
        }
    }
}
