package da3.geometry;

import java.util.Optional;

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
}
