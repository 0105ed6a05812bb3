package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;

/**
 * The part of a surface that a pixel sees, as a flat ellipse that appears as a circle in the view of the pixel, however
 * slanted the surface is.
 *
 * @param center in world coordinates
 * @param rotation rotation whose columns are the long axis, the short axis and the normal
 * @param length half of the long axis, for a pixel of side 2
 * @param width half of the short axis
 */
record PixelDisk(Vec3 center, Quaternion rotation, double length, double width) {

    /** Neighbors whose depths differ by more pixel footprints than this are on another surface. */
    private static final double MAX_STEP = 4;

    /** Returns the disk of pixel (x, y) with the positive depth {@code z}. */
    static PixelDisk of(ScalarMap depth, Camera camera, Pose toWorld, int x, int y, double z) {
        Intrinsics k = camera.intrinsics();
        double a = k.unprojectX(x + 0.5);
        double b = k.unprojectY(y + 0.5);
        double right = slope(z, at(depth, x - 1, y), at(depth, x + 1, y), k.fx());
        double down = slope(z, at(depth, x, y - 1), at(depth, x, y + 1), k.fy());
        // derivative of the point with respect to the pixel position, times half a pixel
        Vec3 alongX = toWorld.rotation()
                .times(new Vec3(z / k.fx() + a * right, b * right, right))
                .times(0.5);
        Vec3 alongY = toWorld.rotation()
                .times(new Vec3(a * down, z / k.fy() + b * down, down))
                .times(0.5);
        double xx = alongX.dot(alongX);
        double xy = alongX.dot(alongY);
        double yy = alongY.dot(alongY);
        double spread = Math.hypot((xx - yy) / 2, xy);
        double angle = 0.5 * StrictMath.atan2(2 * xy, xx - yy);
        Vec3 longAxis = alongX.times(StrictMath.cos(angle)).plus(alongY.times(StrictMath.sin(angle)));
        longAxis = longAxis.times(1 / longAxis.norm());
        Vec3 normal = alongX.cross(alongY);
        normal = normal.times(1 / normal.norm());
        Vec3 shortAxis = normal.cross(longAxis);
        Mat3 rotation = new Mat3(
                longAxis.x(),
                shortAxis.x(),
                normal.x(),
                longAxis.y(),
                shortAxis.y(),
                normal.y(),
                longAxis.z(),
                shortAxis.z(),
                normal.z());
        return new PixelDisk(
                toWorld.transform(new Vec3(a * z, b * z, z)),
                Quaternion.ofMatrix(rotation),
                Math.sqrt((xx + yy) / 2 + spread),
                Math.sqrt(Math.max(0, (xx + yy) / 2 - spread)));
    }

    private static double at(ScalarMap depth, int x, int y) {
        return x >= 0 && x < depth.width() && y >= 0 && y < depth.height() ? depth.at(x, y) : 0;
    }

    /** Returns the smaller of the slopes on both sides; 0 where both neighbors are on other surfaces. */
    private static double slope(double z, double before, double after, double focal) {
        double back = before > 0 ? z - before : Double.POSITIVE_INFINITY;
        double ahead = after > 0 ? after - z : Double.POSITIVE_INFINITY;
        double smaller = Math.abs(back) < Math.abs(ahead) ? back : ahead;
        return Math.abs(smaller) <= MAX_STEP * z / focal ? smaller : 0;
    }
}
