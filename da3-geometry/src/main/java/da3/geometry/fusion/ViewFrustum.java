package da3.geometry.fusion;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.math.Vec3;

/**
 * The part of the world that a view shows.
 *
 * @param width width of the image in pixels
 * @param height height of the image in pixels
 * @param far maximum depth; may be infinite
 */
public record ViewFrustum(Camera camera, int width, int height, double far) {

    /**
     * Returns whether a sphere may intersect the frustum. A sphere near an edge of it may be outside nevertheless.
     *
     * @param worldCenter its center in world coordinates
     * @param radius its radius; 0 for a point
     */
    public boolean mayIntersect(Vec3 worldCenter, double radius) {
        Vec3 center = camera.pose().transform(worldCenter);
        Intrinsics k = camera.intrinsics();
        return center.z() > -radius
                && center.z() < far + radius
                && inside(k.fx(), center.x(), k.cx(), center.z(), radius)
                && inside(-k.fx(), center.x(), width - k.cx(), center.z(), radius)
                && inside(k.fy(), center.y(), k.cy(), center.z(), radius)
                && inside(-k.fy(), center.y(), height - k.cy(), center.z(), radius);
    }

    private static boolean inside(double focal, double across, double center, double z, double radius) {
        return focal * across + center * z >= -radius * Math.sqrt(focal * focal + center * center);
    }
}
