package da3.geometry.metrics;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.PoseEncoding;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.geometry.rays.RayCamera;
import da3.geometry.rays.RayHomography;
import da3.geometry.rays.RayMap;
import java.util.List;

/** Cameras fitted to predicted ray maps, for comparison with true cameras. */
public final class RayMapCameras {

    private RayMapCameras() {}

    /**
     * Returns a camera for each ray map. Rays that determine no camera, such as those of an untrained network, give a
     * camera at the origin without rotation and with fields of view of 1 radian.
     *
     * @param maps ray maps of equal size
     * @param rows height of the images in pixels
     * @param columns width of the images in pixels
     * @param seed seed of the random samples of the fits
     */
    public static List<Camera> of(List<RayMap> maps, int rows, int columns, long seed) {
        int[][] table =
                RayHomography.sampleTable(maps.get(0).width() * maps.get(0).height(), seed);
        return maps.stream().map(map -> of(map, rows, columns, table, seed)).toList();
    }

    private static Camera of(RayMap map, int rows, int columns, int[][] table, long seed) {
        try {
            return RayCamera.estimate(map, rows, columns, table, seed);
        } catch (DegenerateGeometryException e) {
            return new PoseEncoding(Vec3.ZERO, Quaternion.IDENTITY, 1, 1).camera(rows, columns);
        }
    }
}
