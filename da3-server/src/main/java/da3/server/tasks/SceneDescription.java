package da3.server.tasks;

import da3.geometry.check.Check;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A scene as viewers need it. All paths are relative to its folder, with {@code /} between names.
 *
 * @param metric whether lengths are in meters
 * @param files files in addition to those of the views
 */
public record SceneDescription(String name, boolean metric, List<SceneView> views, SceneFiles files) {

    public SceneDescription {
        views = List.copyOf(views);
    }

    /** Returns the paths of all files. */
    public Stream<String> paths() {
        return Stream.concat(
                viewerPaths(),
                Stream.of(files.glb(), files.mesh(), files.gaussians(), files.video())
                        .flatMap(Optional::stream));
    }

    /** Returns the paths of the images and maps of all views. */
    Stream<String> viewerPaths() {
        return views.stream()
                .flatMap(view -> Stream.concat(Stream.of(view.photo(), view.depth()), view.confidence().stream()));
    }

    /**
     * A view of a scene.
     *
     * @param name name of the input image
     * @param width width of the processed image and the maps, in pixels
     * @param height height of the processed image and the maps, in pixels
     * @param extrinsics 3x4 matrix, row-major, world-to-camera, OpenCV axes
     * @param intrinsics fx, fy, cx, cy, in pixels
     * @param photo path of the processed image, a JPEG file
     * @param depth path of the depth map: height * width little-endian float32, row-major from the top left, distance
     *     along z; 0 or NaN where unknown
     * @param confidence path of the confidence map, in the same format
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

        /** @throws IllegalArgumentException if a matrix has the wrong number of values, or the size is not positive */
        public SceneView {
            extrinsics = extrinsics.map(List::copyOf);
            intrinsics = intrinsics.map(List::copyOf);
            if (width < 1 || height < 1) {
                throw Check.invalid("size of a view", "at least 1x1", width + "x" + height);
            }
            requireCount(extrinsics, 12, "extrinsics");
            requireCount(intrinsics, 4, "intrinsics");
        }

        private static void requireCount(Optional<List<Double>> numbers, int count, String name) {
            if (numbers.isPresent() && numbers.get().size() != count) {
                throw Check.invalid(
                        "number of values of " + name,
                        Integer.toString(count),
                        numbers.get().size());
            }
        }
    }
}
