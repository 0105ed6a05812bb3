package da3.server.tasks;

import da3.geometry.check.Check;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a viewer needs of a scene. All paths are relative to its folder, with {@code /} between names.
 *
 * @param metric whether lengths are meters
 * @param files beside those of the views
 */
public record SceneDescription(String name, boolean metric, List<SceneView> views, SceneFiles files) {

    public SceneDescription {
        views = List.copyOf(views);
    }

    /** Of all files that it names. */
    public Stream<String> paths() {
        return Stream.concat(
                viewerPaths(),
                Stream.of(files.glb(), files.mesh(), files.gaussians(), files.video())
                        .flatMap(Optional::stream));
    }

    /** Of the views' photos and maps. */
    Stream<String> viewerPaths() {
        return views.stream()
                .flatMap(view -> Stream.concat(Stream.of(view.photo(), view.depth()), view.confidence().stream()));
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

        /** @throws IllegalArgumentException if numbers are too few or too many, or there are no pixels */
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
