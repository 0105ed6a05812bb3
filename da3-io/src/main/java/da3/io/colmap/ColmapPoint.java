package da3.io.colmap;

import da3.geometry.check.Check;
import da3.geometry.math.Vec3;

/**
 * A 3D point with its color and track, the observations of it.
 *
 * @param rgb (3), sRGB
 * @param error mean reprojection error in pixels; -1 if unknown
 * @param images (track) ids of the images that observe it
 * @param observations (track) index of the observation in each image
 */
public record ColmapPoint(long id, Vec3 position, byte[] rgb, double error, int[] images, int[] observations) {

    public ColmapPoint {
        if (images.length != observations.length) {
            throw Check.invalid(
                    "number of observations of point " + id,
                    images.length + " like the number of images",
                    observations.length);
        }
    }
}
