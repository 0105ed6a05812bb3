package da3.io.colmap;

import da3.geometry.Pose;
import da3.geometry.check.Check;

/**
 * An image with its pose and the points it observes.
 *
 * @param pose world-to-camera
 * @param camera id of its camera
 * @param name path of the file, relative to the folder of images
 * @param xy (observations, 2), in pixels of the image
 * @param points (observations) ids of the observed points, or {@link #NO_POINT}
 */
public record ColmapImage(int id, Pose pose, int camera, String name, double[] xy, long[] points) {

    /** The id for observations without a point. */
    public static final long NO_POINT = -1;

    public ColmapImage {
        if (xy.length != 2 * points.length) {
            throw Check.invalid(
                    "number of coordinates of image " + id,
                    2 * points.length + " for " + points.length + " observations",
                    xy.length);
        }
    }
}
