package da3.geometry;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of one photo.
 *
 * @param image the processed image that the maps and the camera go with
 * @param depth along the camera's z axis
 * @param confidence above 1, absent for models that have none
 * @param camera absent for models that have none
 * @param sky scores, sky from {@link SkyMask#THRESHOLD} on; absent for models that have none
 */
public record View(
        Image image,
        ScalarMap depth,
        Optional<ScalarMap> confidence,
        Optional<Camera> camera,
        Optional<ScalarMap> sky) {

    /** Of a model that does not look for sky. */
    public View(Image image, ScalarMap depth, Optional<ScalarMap> confidence, Optional<Camera> camera) {
        this(image, depth, confidence, camera, Optional.empty());
    }

    /**
     * Refuses a view whose pixels do not go with each other.
     *
     * @param name how the error names this view
     * @throws IllegalArgumentException if the image, depth, confidence and sky, as far as they are there, differ in size
     */
    public void requireOneSize(String name) {
        boolean alike = image.width() == depth.width()
                && image.height() == depth.height()
                && Stream.of(confidence, sky)
                        .flatMap(Optional::stream)
                        .allMatch(map -> map.width() == depth.width() && map.height() == depth.height());
        if (!alike) {
            throw new IllegalArgumentException(name + " has " + image + ", depth " + depth + ", confidence "
                    + confidence + " and sky " + sky + "; legal: all of one size");
        }
    }
}
