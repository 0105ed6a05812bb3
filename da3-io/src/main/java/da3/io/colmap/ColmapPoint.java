package da3.io.colmap;

import da3.geometry.math.Vec3;

/**
 * A point with a color, and where it is seen.
 *
 * @param rgb (3), sRGB
 * @param error mean distance in pixels between where it is seen and where it falls; -1 if unknown
 * @param images (track) ids of images
 * @param observations (track) which of the image's observations it is, from 0
 */
public record ColmapPoint(long id, Vec3 position, byte[] rgb, double error, int[] images, int[] observations) {

    public ColmapPoint {
        if (images.length != observations.length) {
            throw new IllegalArgumentException("point " + id + " is seen in " + images.length + " images by "
                    + observations.length + " observations; legal: as many");
        }
    }
}
