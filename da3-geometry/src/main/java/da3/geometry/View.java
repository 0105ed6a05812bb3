package da3.geometry;

import da3.geometry.check.Check;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One image of a scene with its camera and maps.
 *
 * @param image the processed image, to which the maps and the camera refer
 * @param depth depth along the z axis of the camera
 * @param confidence confidence of the depth, above 1; absent for models without confidence
 * @param camera the camera; absent for models without cameras
 * @param sky sky scores, see {@link SkyMask#THRESHOLD}; absent for models without sky
 */
public record View(
        Image image,
        ScalarMap depth,
        Optional<ScalarMap> confidence,
        Optional<Camera> camera,
        Optional<ScalarMap> sky) {

    /** Creates a view without sky scores. */
    public View(Image image, ScalarMap depth, Optional<ScalarMap> confidence, Optional<Camera> camera) {
        this(image, depth, confidence, camera, Optional.empty());
    }

    /**
     * Checks that the image and all maps have the same size.
     *
     * @param name names this view in error messages
     * @throws IllegalArgumentException if image, depth, confidence and sky, where present, differ in size
     */
    public void requireOneSize(String name) {
        boolean sameSize = image.width() == depth.width()
                && image.height() == depth.height()
                && Stream.of(confidence, sky)
                        .flatMap(Optional::stream)
                        .allMatch(map -> map.width() == depth.width() && map.height() == depth.height());
        if (!sameSize) {
            throw Check.invalid(
                    "image and maps of " + name,
                    "of the same size",
                    image + ", depth " + depth
                            + confidence.map(map -> ", confidence " + map).orElse("")
                            + sky.map(map -> ", sky " + map).orElse(""));
        }
    }
}
