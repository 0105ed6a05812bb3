package da3.io.internal;

import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.check.Check;
import da3.geometry.math.Percentiles;
import da3.geometry.math.Vec3;
import da3.geometry.points.PointFilter;
import da3.geometry.points.UnprojectedPoints;

/**
 * Colored points of a scene.
 *
 * @param positions (points, 3)
 * @param rgb (points, 3), sRGB
 */
public record ScenePoints(float[] positions, byte[] rgb) {

    private static final double EXTENT_FROM = 0.05;
    private static final double EXTENT_TO = 0.95;

    public ScenePoints {
        if (positions.length % 3 != 0 || rgb.length != positions.length) {
            throw Check.invalid(
                    "numbers of coordinates and color channels",
                    "equal and multiples of 3",
                    positions.length + " and " + rgb.length);
        }
    }

    /**
     * Returns the points of the pixels that the filter keeps, in the order of the views, in world coordinates. As in
     * the reference, the ray of a pixel passes through its top left corner, not its center.
     *
     * @throws IllegalArgumentException if the maps of a view differ in size or its camera is invalid
     */
    public static ScenePoints of(Scene scene, PointFilter filter) {
        for (int v = 0; v < scene.views().size(); v++) {
            scene.view(v).requireOneSize("view " + v);
        }
        return of(UnprojectedPoints.of(scene, filter, UnprojectedPoints.CORNER).cloud());
    }

    private static ScenePoints of(PointCloud cloud) {
        return new ScenePoints(cloud.positions(), cloud.colors());
    }

    private static void put(Vec3 point, float[] positions, int at) {
        positions[at] = (float) point.x();
        positions[at + 1] = (float) point.y();
        positions[at + 2] = (float) point.z();
    }

    public int count() {
        return positions.length / 3;
    }

    /** Returns the points after a rigid motion. */
    public ScenePoints moved(Pose motion) {
        float[] moved = new float[positions.length];
        for (int i = 0; i < moved.length; i += 3) {
            put(motion.transform(new Vec3(positions[i], positions[i + 1], positions[i + 2])), moved, i);
        }
        return new ScenePoints(moved, rgb);
    }

    /** Returns these points, or a random subset of {@code maxPoints} of them in the same order if there are more. */
    public ScenePoints atMost(int maxPoints, long seed) {
        return of(new PointCloud(positions, rgb).atMost(maxPoints, seed));
    }

    /** Returns the median along each axis, or the origin if there are no points. */
    public Vec3 median() {
        return count() == 0 ? Vec3.ZERO : quantiles(0.5);
    }

    /**
     * Returns the length of the diagonal from the 5th to the 95th percentile of each axis, or 1 if it is 0 or not
     * finite.
     */
    public double extent() {
        if (count() < 2) {
            return 1;
        }
        double diagonal = quantiles(EXTENT_TO).minus(quantiles(EXTENT_FROM)).norm();
        return Double.isFinite(diagonal) && diagonal > 0 ? diagonal : 1;
    }

    private Vec3 quantiles(double q) {
        return new Vec3(
                Percentiles.quantile(axis(0), q), Percentiles.quantile(axis(1), q), Percentiles.quantile(axis(2), q));
    }

    private float[] axis(int axis) {
        float[] values = new float[count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = positions[3 * i + axis];
        }
        return values;
    }

    @Override
    public String toString() {
        return "ScenePoints[" + count() + "]";
    }
}
