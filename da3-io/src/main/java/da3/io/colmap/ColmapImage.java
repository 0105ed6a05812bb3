package da3.io.colmap;

import da3.geometry.Pose;

/**
 * A photo with a pose.
 *
 * @param pose world-to-camera
 * @param name of the file, below the folder of photos
 * @param xy (observations, 2), in pixels of the photo
 * @param points (observations) the point that each shows, or {@link #NO_POINT}
 */
public record ColmapImage(int id, Pose pose, int camera, String name, double[] xy, long[] points) {

    public static final long NO_POINT = -1;

    public ColmapImage {
        if (xy.length != 2 * points.length) {
            throw new IllegalArgumentException("image " + id + " has " + xy.length + " coordinates for " + points.length
                    + " observations; legal: twice as many");
        }
    }
}
