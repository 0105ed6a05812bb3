package da3.streaming.reference;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.math.Vec3;

/** A point for each pixel of a view, computed when it is read. Coordinates are rounded to float32. */
@FunctionalInterface
public interface PointMap {

    /** Returns the point of a pixel, by its row-major index. */
    Vec3 at(int pixel);

    /**
     * Unprojects the pixels of a depth map to world coordinates. The ray of a pixel passes through its top left corner,
     * as in the reference. Source: {@code depth_to_point_cloud_vectorized}.
     */
    static PointMap of(ScalarMap depth, Camera camera) {
        Pose toWorld = camera.pose().inverse();
        Intrinsics k = camera.intrinsics();
        int width = depth.width();
        return pixel -> rounded(toWorld.transform(k.unproject(pixel % width, pixel / width, depth.values()[pixel])));
    }

    /**
     * Returns the map of given points.
     *
     * @param points (pixels, 3)
     */
    static PointMap of(float[] points) {
        return pixel -> new Vec3(points[3 * pixel], points[3 * pixel + 1], points[3 * pixel + 2]);
    }

    private static Vec3 rounded(Vec3 p) {
        return new Vec3((float) p.x(), (float) p.y(), (float) p.z());
    }
}
