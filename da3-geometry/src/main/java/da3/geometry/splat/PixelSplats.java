package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;

/**
 * Gaussians from images with depth: one for each pixel, with its color and depth, along its surface. This corresponds
 * to a Gaussian head that adds no information to the images.
 *
 * <p>Each Gaussian is a disk that appears as a circle in its own view. Its standard deviation is a fraction of a pixel,
 * because the blur of the renderer is already wider than a pixel.
 */
public final class PixelSplats {

    /**
     * For separate views; deviation in pixels. More opaque Gaussians would make the renderer drop those behind them.
     */
    private static final Shape ALONE = new Shape(1.0 / 8, 0.99f);

    /**
     * For merged views: wide enough to close gaps in closer views, transparent enough for neighbors to share the fitted
     * colors.
     */
    private static final Shape MERGED = new Shape(0.3, 0.9f);

    /** Thickness of a disk relative to its width. */
    private static final double FLATNESS = 0.05;

    /** Depths that differ by at most this many pixel footprints are on the same surface. */
    private static final double SAME_SURFACE = 2;

    /** Footprints within this relative difference count as equal; the earlier view then keeps the pixel. */
    private static final double FOOTPRINT_TOLERANCE = 1e-3;

    private final Scene scene;
    private final Shape shape;
    private final GaussianCloud cloud;
    private int next;

    private record Shape(double deviation, float opacity) {}

    private PixelSplats(Scene scene, Shape shape, int size) {
        this.scene = scene;
        this.shape = shape;
        this.cloud = new GaussianCloud(
                new float[3 * size], new float[3 * size], new float[4 * size], new float[3 * size], new float[size], 0);
    }

    /**
     * Returns the Gaussians of all pixels that have depth, ordered by view and row, with harmonics of degree 0.
     *
     * @throws IllegalArgumentException if a view has no camera, its maps differ in size, or no pixel has depth
     */
    public static GaussianCloud of(Scene scene) {
        return of(scene, ALONE, false);
    }

    /**
     * Returns the Gaussians of those pixels whose surface no other view samples more finely, so that every surface is
     * represented once, with colors fitted to all images together ({@link ColorFit}). For a room with exact depth and
     * three views of 252x189, given views are rendered at 30.7 dB or more and views between them at 29.4 dB; with
     * {@link #of} these are 23.5 and 23.3 dB.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    public static GaussianCloud merged(Scene scene) {
        return ColorFit.of(of(scene, MERGED, true), scene);
    }

    private static GaussianCloud of(Scene scene, Shape shape, boolean once) {
        boolean[][] used = new boolean[scene.views().size()][];
        int size = 0;
        for (int v = 0; v < used.length; v++) {
            requireComplete(scene.view(v), "view " + v);
        }
        for (int v = 0; v < used.length; v++) {
            float[] depths = scene.view(v).depth().values();
            used[v] = new boolean[depths.length];
            Pose toWorld = camera(scene.view(v)).pose().inverse();
            for (int p = 0; p < depths.length; p++) {
                used[v][p] = depths[p] > 0 && !(once && isSeenFiner(scene, v, toWorld, p));
                size += used[v][p] ? 1 : 0;
            }
        }
        PixelSplats splats = new PixelSplats(scene, shape, size);
        for (int v = 0; v < used.length; v++) {
            splats.add(v, used[v]);
        }
        return splats.cloud.requireValid();
    }

    private static void requireComplete(View view, String name) {
        Image image = view.image();
        ScalarMap depth = view.depth();
        if (image.width() != depth.width() || image.height() != depth.height()) {
            throw Check.invalid(
                    "depth of " + name,
                    "as large as its image, " + image.width() + "x" + image.height(),
                    depth.width() + "x" + depth.height());
        }
        Camera camera = view.camera().orElseThrow(() -> Check.invalid("camera of " + name, "present", "none"));
        camera.intrinsics().requireValid("the intrinsics of " + name);
        camera.pose().requireRigid("the pose of " + name);
    }

    /** Returns whether another view sees the surface of a pixel with smaller pixel footprints. */
    private static boolean isSeenFiner(Scene scene, int own, Pose toWorld, int pixel) {
        View view = scene.view(own);
        Intrinsics k = camera(view).intrinsics();
        int width = view.depth().width();
        double z = view.depth().values()[pixel];
        Vec3 point = toWorld.transform(k.unproject(pixel % width + 0.5, pixel / width + 0.5, z));
        for (int other = 0; other < scene.views().size(); other++) {
            double footprint = other == own ? Double.POSITIVE_INFINITY : footprint(scene.view(other), point);
            double ratio = footprint / (z / k.fx());
            if (ratio < 1 - FOOTPRINT_TOLERANCE || ratio <= 1 + FOOTPRINT_TOLERANCE && other < own) {
                return true;
            }
        }
        return false;
    }

    /** Returns the side of a pixel at a point; infinite where the view does not see the point. */
    private static double footprint(View view, Vec3 point) {
        Camera camera = camera(view);
        Intrinsics k = camera.intrinsics();
        Vec3 p = camera.pose().transform(point);
        double u = k.projectX(p.x(), p.z());
        double v = k.projectY(p.y(), p.z());
        // points in the outermost pixels have no neighbors to blend with
        if (!(p.z() > 0
                && u >= 1
                && u < view.depth().width() - 1
                && v >= 1
                && v < view.depth().height() - 1)) {
            return Double.POSITIVE_INFINITY;
        }
        double seen = view.depth().at((int) u, (int) v);
        return Math.abs(seen - p.z()) <= SAME_SURFACE * seen / k.fx() ? p.z() / k.fx() : Double.POSITIVE_INFINITY;
    }

    private void add(int v, boolean[] used) {
        View view = scene.view(v);
        ScalarMap depth = view.depth();
        Camera camera = camera(view);
        Pose toWorld = camera.pose().inverse();
        for (int p = 0; p < used.length; p++) {
            if (used[p]) {
                int x = p % depth.width();
                int y = p / depth.width();
                set(next++, PixelDisk.of(depth, camera, toWorld, x, y, depth.values()[p]), view.image(), p);
            }
        }
    }

    private void set(int i, PixelDisk disk, Image image, int pixel) {
        cloud.means()[3 * i] = (float) disk.center().x();
        cloud.means()[3 * i + 1] = (float) disk.center().y();
        cloud.means()[3 * i + 2] = (float) disk.center().z();
        cloud.scales()[3 * i] = (float) (2 * shape.deviation * disk.length());
        cloud.scales()[3 * i + 1] = (float) (2 * shape.deviation * disk.width());
        cloud.scales()[3 * i + 2] = (float) (2 * shape.deviation * FLATNESS * disk.width());
        cloud.rotations()[4 * i] = (float) disk.rotation().w();
        cloud.rotations()[4 * i + 1] = (float) disk.rotation().x();
        cloud.rotations()[4 * i + 2] = (float) disk.rotation().y();
        cloud.rotations()[4 * i + 3] = (float) disk.rotation().z();
        cloud.opacities()[i] = shape.opacity;
        for (int c = 0; c < 3; c++) {
            double color = (image.rgb()[3 * pixel + c] & 0xff) / 255.0;
            cloud.harmonics()[3 * i + c] = (float) ((color - 0.5) / HarmonicBasis.CONSTANT);
        }
    }

    private static Camera camera(View view) {
        return view.camera().orElseThrow();
    }
}
