package da3.train.objective;

import da3.geometry.Intrinsics;
import da3.geometry.math.Vec3;

/**
 * The points of a depth map in camera coordinates. The array is not copied.
 *
 * @param k intrinsics, in pixels of the depth map
 * @param columns width of the depth map
 * @param depth (rows, columns): z
 */
public record DepthPoints(Intrinsics k, int columns, double[] depth) {

    /** Returns the point that the center of a pixel sees. */
    public Vec3 at(int row, int column) {
        return k.unproject(column + 0.5, row + 0.5, depth[row * columns + column]);
    }

    /** Returns the derivative of a point with respect to its depth. */
    Vec3 ray(int row, int column) {
        return k.unproject(column + 0.5, row + 0.5, 1);
    }
}
