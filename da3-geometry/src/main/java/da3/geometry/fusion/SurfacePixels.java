package da3.geometry.fusion;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.concurrent.Parallel;
import java.util.function.IntPredicate;

/**
 * The pixels of a view as small planes. The inverse depth of a plane is linear in pixel coordinates, so each pixel stores
 * its own inverse depth and slopes that are fitted to the neighbors on the same surface. Values are never interpolated
 * between pixels, and therefore never across a depth edge.
 */
final class SurfacePixels {

    /**
     * Adjacent pixels whose depths differ by more pixel footprints than this are on different surfaces: a single
     * surface would have to be seen more than 84 degrees off its normal.
     */
    private static final double MAX_STEP = 10;

    /** Pixels on each side whose depths the plane of a pixel is fitted to. */
    private static final int REACH = 2;

    /**
     * A neighbor whose distance from the plane of a pixel exceeds this many footprints plus a voxel is on another
     * surface.
     */
    private static final double EDGE = 2;

    /** Keeps the fit solvable where all neighbors are collinear; elsewhere its effect is about 1e-6. */
    private static final double RIDGE = 1e-4;

    final Camera camera;
    final Image image;
    final int width;
    final int height;

    /** 1 / depth at the pixel center; 0 where the pixel is not used. */
    final float[] inverse;

    /** Change of the inverse depth per pixel to the right ({@code slopeX}) and down ({@code slopeY}). */
    final float[] slopeX;

    final float[] slopeY;

    /** Distance from the camera center to the plane of the pixel. */
    final float[] planeDistance;

    /** Weight of the pixel if its surface faces the camera. */
    final float[] weight;

    /** True for pixels of which at least one of the eight neighbors is unused or on another surface. */
    final boolean[] edge;

    private SurfacePixels(Camera camera, Image image, ScalarMap depth) {
        this.camera = camera;
        this.image = image;
        this.width = depth.width();
        this.height = depth.height();
        int pixels = width * height;
        this.inverse = new float[pixels];
        this.slopeX = new float[pixels];
        this.slopeY = new float[pixels];
        this.planeDistance = new float[pixels];
        this.weight = new float[pixels];
        this.edge = new boolean[pixels];
    }

    /**
     * Fits planes to the pixels of a view.
     *
     * @param name name of the view in error messages
     * @param used whether a pixel, by row-major index, is used
     * @throws IllegalArgumentException if the view has no valid camera, or its maps differ in size
     */
    static SurfacePixels of(View view, String name, IntPredicate used, TsdfOptions options) {
        Camera camera = view.camera()
                .orElseThrow(
                        () -> Check.invalid("camera of " + name, "present (any-view models predict cameras)", "none"));
        camera.pose().requireRigid("the pose of " + name);
        camera.intrinsics().requireValid("the intrinsics of " + name);
        view.requireOneSize(name);
        SurfacePixels pixels = new SurfacePixels(camera, view.image(), view.depth());
        float[] depth = view.depth().values();
        boolean weighted = options.weightByConfidence() && view.confidence().isPresent();
        float[] confidence = weighted ? view.confidence().get().values() : null;
        for (int i = 0; i < depth.length; i++) {
            float weight = weighted ? confidence[i] : 1;
            boolean usable = depth[i] > 0 && depth[i] <= options.maxDepth() && Float.isFinite(1 / depth[i]);
            if (usable && depth[i] < Float.POSITIVE_INFINITY && weight > 0 && Float.isFinite(weight) && used.test(i)) {
                pixels.inverse[i] = 1 / depth[i];
                pixels.weight[i] = weight;
            }
        }
        Parallel.forEach(pixels.height, options.threads(), y -> pixels.fitRow(y, options.voxelSize()));
        Parallel.forEach(pixels.height, options.threads(), y -> pixels.markRow(y, options.voxelSize()));
        return pixels;
    }

    private void fitRow(int y, double voxelSize) {
        for (int x = 0; x < width; x++) {
            if (inverse[y * width + x] > 0) {
                fit(x, y, voxelSize);
            }
        }
    }

    /**
     * Fits a plane through the inverse depth of a pixel to those of its neighbors that are nearly on the same plane.
     */
    private void fit(int x, int y, double voxelSize) {
        Intrinsics k = camera.intrinsics();
        int i = y * width + x;
        double own = inverse[i];
        double right = smallerSlope(own, x > 0 ? inverse[i - 1] : 0, x < width - 1 ? inverse[i + 1] : 0, k.fx());
        double down =
                smallerSlope(own, y > 0 ? inverse[i - width] : 0, y < height - 1 ? inverse[i + width] : 0, k.fy());
        // A footprint, own / focal, and a voxel; smaller differences are noise or invisible.
        double tolerance = own / Math.min(k.fx(), k.fy()) + voxelSize * own * own;
        double xx = RIDGE;
        double xy = 0;
        double yy = RIDGE;
        double xw = RIDGE * right;
        double yw = RIDGE * down;
        for (int dy = -Math.min(REACH, y); dy <= Math.min(REACH, height - 1 - y); dy++) {
            for (int dx = -Math.min(REACH, x); dx <= Math.min(REACH, width - 1 - x); dx++) {
                double other = inverse[i + dy * width + dx];
                double difference = other - own;
                if (other > 0 && Math.abs(difference - dx * right - dy * down) <= tolerance) {
                    xx += dx * dx;
                    xy += dx * dy;
                    yy += dy * dy;
                    xw += dx * difference;
                    yw += dy * difference;
                }
            }
        }
        double det = xx * yy - xy * xy;
        setPlane(i, x, y, (yy * xw - xy * yw) / det, (xx * yw - xy * xw) / det);
    }

    /** Returns the slope to the one of two neighbors whose depth differs less; 0 where both are on other surfaces. */
    private static double smallerSlope(double own, double before, double after, double focal) {
        double back = own - before;
        double ahead = after - own;
        double slope = before > 0 && (!(after > 0) || Math.abs(back) < Math.abs(ahead)) ? back : ahead;
        // Depths differ by one footprint, near / focal, where inverse depths differ by 1 / focal times the smaller one.
        double neighbor = slope == back ? before : after;
        return neighbor > 0 && Math.abs(slope) <= MAX_STEP / focal * Math.min(own, neighbor) ? slope : 0;
    }

    private void markRow(int y, double voxelSize) {
        for (int x = 0; x < width; x++) {
            edge[y * width + x] = isEdge(x, y, voxelSize);
        }
    }

    private boolean isEdge(int x, int y, double voxelSize) {
        int i = y * width + x;
        double footprint = 1
                / (inverse[i]
                        * Math.min(camera.intrinsics().fx(), camera.intrinsics().fy()));
        for (int dy = -Math.min(1, y); dy <= Math.min(1, height - 1 - y); dy++) {
            for (int dx = -Math.min(1, x); dx <= Math.min(1, width - 1 - x); dx++) {
                double other = inverse[i + dy * width + dx];
                double expected = inverse[i] + dx * slopeX[i] + dy * slopeY[i];
                if (!(other > 0) || Math.abs(1 / other - 1 / expected) > voxelSize + EDGE * footprint) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Returns the signed distance from the plane of pixel {@code i} to the point at depth z that the image shows at (u,
     * v).
     */
    double distance(int i, double u, double v, double z) {
        double here = inverse[i] + slopeX[i] * (u - i % width - 0.5) + slopeY[i] * (v - i / width - 0.5);
        return (1 - z * here) * planeDistance[i];
    }

    private void setPlane(int i, int x, int y, double right, double down) {
        Intrinsics k = camera.intrinsics();
        // Inverse depth a x / z + b y / z + c is the plane a x + b y + c z = 1.
        double a = right * k.fx();
        double b = down * k.fy();
        double c = inverse[i] - right * (x + 0.5 - k.cx()) - down * (y + 0.5 - k.cy());
        slopeX[i] = (float) right;
        slopeY[i] = (float) down;
        planeDistance[i] = (float) (1 / Math.sqrt(a * a + b * b + c * c));
    }
}
