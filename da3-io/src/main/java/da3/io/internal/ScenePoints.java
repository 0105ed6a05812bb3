package da3.io.internal;

import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.math.Percentiles;
import da3.geometry.math.Vec3;
import da3.geometry.points.PointFilter;
import da3.geometry.points.UnprojectedPoints;

/**
 * Points with colors.
 *
 * @param positions (points, 3)
 * @param rgb (points, 3), sRGB
 */
public record ScenePoints(float[] positions, byte[] rgb) {

    private static final double EXTENT_FROM = 0.05;
    private static final double EXTENT_TO = 0.95;

    public ScenePoints {
        if (positions.length % 3 != 0 || rgb.length != positions.length) {
            throw new IllegalArgumentException(positions.length + " coordinates and " + rgb.length
                    + " channels; legal: as many, and a multiple of 3");
        }
    }

    /**
     * The points of a scene's pixels, view after view, in world coordinates. As in the reference the ray of a pixel goes
     * through its top left corner, not its center.
     *
     * @throws IllegalArgumentException if a view's maps differ in size
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

    /** In other coordinates. */
    public ScenePoints moved(Pose motion) {
        float[] moved = new float[positions.length];
        for (int i = 0; i < moved.length; i += 3) {
            put(motion.transform(new Vec3(positions[i], positions[i + 1], positions[i + 2])), moved, i);
        }
        return new ScenePoints(moved, rgb);
    }

    /** These points, or of more than {@code most} a random choice of so many, in the same order. */
    public ScenePoints atMost(int most, long seed) {
        return of(new PointCloud(positions, rgb).atMost(most, seed));
    }

    /** The middle coordinates along each axis; the origin without points. */
    public Vec3 median() {
        return count() == 0 ? Vec3.ZERO : quantiles(0.5);
    }

    /** Length of the diagonal from the 5th to the 95th percentile along each axis; 1 where that is nothing. */
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
