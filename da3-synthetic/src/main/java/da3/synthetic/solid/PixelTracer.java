package da3.synthetic.solid;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/**
 * Traces and shades the pixels of one image. Rays through pixel centers are traced first. Where a center and its eight
 * neighbors are on the same face in the same light, the four color samples of the pixel are assumed to be on it too,
 * which saves their rays, and a single sample is enough if the pattern has no edges. Elsewhere every sample is traced.
 */
final class PixelTracer {

    private static final int NOTHING = -1;

    private final int rows;
    private final int columns;
    private final SolidTree tree;
    private final Shader shader;
    private final Shader.Scratch scratch = new Shader.Scratch();
    private final Intrinsics k;
    private final Mat3 toWorld;
    private final Vec3 center;
    private final double pixelAngle;
    private final double[] distances; // (rows, columns), depth
    private final int[] surfaces; // (rows, columns): (solid * 6 + face) * 256 + visible light sources, or NOTHING

    private double dx;
    private double dy;
    private double dz;

    /**
     * Traces the pixel centers.
     *
     * @param camera camera of an image with these rows and columns
     */
    PixelTracer(Camera camera, int rows, int columns, SolidTree tree, Shader shader) {
        this.rows = rows;
        this.columns = columns;
        this.tree = tree;
        this.shader = shader;
        this.k = camera.intrinsics();
        this.toWorld = camera.pose().rotation().transpose();
        this.center = camera.pose().cameraCenter();
        this.pixelAngle = 1 / k.fx();
        this.distances = new double[rows * columns];
        this.surfaces = new int[rows * columns];
        int guess = NOTHING;
        for (int i = 0; i < surfaces.length; i++) {
            aim(i % columns + 0.5, i / columns + 0.5);
            surfaces[i] = trace(guess);
            guess = scratch.hit.solid;
            distances[i] = guess == NOTHING ? 0 : scratch.hit.t;
        }
    }

    /** Sets the ray direction, with length 1 along the z axis of the camera, so that t is depth. */
    private void aim(double u, double v) {
        double x = k.unprojectX(u);
        double y = k.unprojectY(v);
        dx = toWorld.m00() * x + toWorld.m01() * y + toWorld.m02();
        dy = toWorld.m10() * x + toWorld.m11() * y + toWorld.m12();
        dz = toWorld.m20() * x + toWorld.m21() * y + toWorld.m22();
    }

    private int trace(int guess) {
        Hit hit = scratch.hit;
        tree.nearest(center.x(), center.y(), center.z(), dx, dy, dz, guess, hit);
        if (hit.solid == NOTHING) {
            return NOTHING;
        }
        tree.shapes().describe(center.x(), center.y(), center.z(), dx, dy, dz, hit);
        int sources = shader.visibleSources(x(), y(), z(), hit.t, scratch);
        return (hit.solid * 6 + hit.face) * 256 + sources;
    }

    private double x() {
        return center.x() + scratch.hit.t * dx;
    }

    private double y() {
        return center.y() + scratch.hit.t * dy;
    }

    private double z() {
        return center.z() + scratch.hit.t * dz;
    }

    float[] depth() {
        float[] depth = new float[distances.length];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = (float) distances[i];
        }
        return depth;
    }

    int[] solids() {
        int[] solids = new int[surfaces.length];
        for (int i = 0; i < solids.length; i++) {
            solids[i] = surfaces[i] == NOTHING ? NOTHING : surfaces[i] / (6 * 256);
        }
        return solids;
    }

    /** Returns the mean linear brightness of the pixel centers. */
    double meanLight() {
        clear();
        for (int i = 0; i < surfaces.length; i++) {
            aim(i % columns + 0.5, i / columns + 0.5);
            sample(surfaces[i], false);
        }
        return (scratch.red + scratch.green + scratch.blue) / (3 * surfaces.length);
    }

    /** Returns the image as bytes, (rows, columns, 3). */
    byte[] colors(Exposure exposure) {
        byte[] rgb = new byte[3 * rows * columns];
        for (int i = 0; i < surfaces.length; i++) {
            clear();
            int samples = shade(i);
            double share = 1.0 / samples;
            rgb[3 * i] = exposure.encode(share * scratch.red);
            rgb[3 * i + 1] = exposure.encode(share * scratch.green);
            rgb[3 * i + 2] = exposure.encode(share * scratch.blue);
        }
        return rgb;
    }

    /** Adds the samples of a pixel and returns their number. */
    private int shade(int i) {
        int surface = surfaces[i];
        boolean uniform = isUniform(i);
        if (uniform && (surface == NOTHING || shader.isSmooth(surface / (6 * 256), surface / 256 % 6))) {
            aim(i % columns + 0.5, i / columns + 0.5);
            sample(surface, false);
            return 1;
        }
        for (int s = 0; s < 4; s++) {
            aim(i % columns + 0.25 + 0.5 * (s & 1), i / columns + 0.25 + 0.5 * (s >> 1));
            int sampled = uniform ? surface : trace(surface == NOTHING ? NOTHING : surface / (6 * 256));
            sample(sampled, uniform && s > 0);
        }
        return 4;
    }

    private boolean isUniform(int i) {
        int top = Math.max(0, i / columns - 1);
        int bottom = Math.min(rows - 1, i / columns + 1);
        int left = Math.max(0, i % columns - 1);
        int right = Math.min(columns - 1, i % columns + 1);
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                if (surfaces[y * columns + x] != surfaces[i]) {
                    return false;
                }
            }
        }
        return true;
    }

    private void clear() {
        scratch.red = 0;
        scratch.green = 0;
        scratch.blue = 0;
    }

    /**
     * Adds the color of a known face in the current direction.
     *
     * @param again whether face and pixel are the same as in the previous call
     */
    private void sample(int surface, boolean again) {
        if (surface == NOTHING) {
            shader.addSky(dx, dy, dz, scratch);
            return;
        }
        Hit hit = scratch.hit;
        hit.solid = surface / (6 * 256);
        hit.t = tree.shapes().intersect(hit.solid, center.x(), center.y(), center.z(), dx, dy, dz);
        if (hit.t == Double.POSITIVE_INFINITY) { // a rim narrower than a pixel
            hit.t = 0;
            shader.addSky(dx, dy, dz, scratch);
            return;
        }
        tree.shapes().describe(center.x(), center.y(), center.z(), dx, dy, dz, hit);
        double squared = dx * dx + dy * dy + dz * dz;
        double slant = Math.abs(hit.nx * dx + hit.ny * dy + hit.nz * dz) / Math.sqrt(squared);
        // The geometric mean of the footprints along and across the slope is a compromise between blur and noise.
        double footprint = hit.t * pixelAngle / Math.sqrt(Math.max(slant, 0.02));
        shader.add(x(), y(), z(), footprint, surface & 255, again, scratch);
    }
}
