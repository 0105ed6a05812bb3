package da3.geometry.fusion;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.TriangleMesh;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import java.util.Arrays;

/**
 * A renderer that shows the shape of a mesh: uniform gray, lit from the camera, shaded by the normals. Triangles are
 * drawn with a z-buffer.
 */
public final class MeshRenderer {

    /** Samples per pixel along each axis. */
    private static final int SAMPLES = 2;

    /** Fraction of ambient light; the rest comes from the camera. */
    private static final double AMBIENT = 0.25;

    private static final double[] SURFACE_COLOR = {235, 225, 210};
    private static final double[] BACKGROUND = {250, 250, 250};

    private final int width;
    private final int height;
    private final Camera camera;
    private final double[] inverse; // 1 / depth, 0 where there is no surface
    private final double[] light;

    private MeshRenderer(Camera camera, int width, int height) {
        this.camera = camera;
        this.width = width;
        this.height = height;
        this.inverse = new double[width * height];
        this.light = new double[width * height];
    }

    /**
     * Renders a mesh. Triangles that reach behind the camera are omitted.
     *
     * @throws IllegalArgumentException if the camera is invalid, or the size is not positive or too large
     */
    public static Image of(TriangleMesh mesh, Camera camera, int width, int height) {
        camera.pose().requireRigid("the camera's pose");
        Intrinsics k = camera.intrinsics().requireValid("the camera's intrinsics");
        if (width < 1 || height < 1 || 3L * SAMPLES * SAMPLES * width * height > Integer.MAX_VALUE) {
            throw Check.invalid(
                    "image size",
                    "at least 1x1 and at most " + Integer.MAX_VALUE / (3 * SAMPLES * SAMPLES) + " pixels",
                    width + "x" + height);
        }
        Camera finer = new Camera(camera.pose(), k.scaled(SAMPLES, SAMPLES));
        MeshRenderer renderer = new MeshRenderer(finer, SAMPLES * width, SAMPLES * height);
        double[] vertices = renderer.project(mesh);
        int[] corners = mesh.triangles();
        for (int t = 0; t < corners.length; t += 3) {
            renderer.draw(vertices, 4 * corners[t], 4 * corners[t + 1], 4 * corners[t + 2]);
        }
        return renderer.downsampled(width, height);
    }

    /** Returns the projected vertices, (vertices, 4): column, row, 1 / depth (0 behind the camera), light. */
    private double[] project(TriangleMesh mesh) {
        Intrinsics k = camera.intrinsics();
        double[] projected = new double[4 * mesh.vertexCount()];
        for (int i = 0; i < mesh.vertexCount(); i++) {
            Vec3 p = camera.pose().transform(vector(mesh.positions(), i));
            if (p.z() > 0) {
                Vec3 normal = camera.pose().rotation().times(vector(mesh.normals(), i));
                double facing = Math.max(0, -normal.dot(p) / p.norm());
                projected[4 * i] = k.projectX(p.x(), p.z()) - 0.5;
                projected[4 * i + 1] = k.projectY(p.y(), p.z()) - 0.5;
                projected[4 * i + 2] = 1 / p.z();
                projected[4 * i + 3] = AMBIENT + (1 - AMBIENT) * facing;
            }
        }
        return projected;
    }

    /** Draws a triangle; each corner is the index of its first value in {@code v}. */
    private void draw(double[] v, int a, int b, int c) {
        double area = area(v, a, b, v[c], v[c + 1]);
        if (v[a + 2] == 0 || v[b + 2] == 0 || v[c + 2] == 0 || area == 0) {
            return;
        }
        int left = (int) Math.max(0, Math.ceil(Math.min(v[a], Math.min(v[b], v[c]))));
        int right = (int) Math.min(width - 1, Math.floor(Math.max(v[a], Math.max(v[b], v[c]))));
        int top = (int) Math.max(0, Math.ceil(Math.min(v[a + 1], Math.min(v[b + 1], v[c + 1]))));
        int bottom = (int) Math.min(height - 1, Math.floor(Math.max(v[a + 1], Math.max(v[b + 1], v[c + 1]))));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double shareA = area(v, b, c, x, y) / area;
                double shareB = area(v, c, a, x, y) / area;
                double shareC = 1 - shareA - shareB;
                // inverse depth is linear in the image; for light, this is a good approximation in small triangles
                double near = shareA * v[a + 2] + shareB * v[b + 2] + shareC * v[c + 2];
                int i = y * width + x;
                if (shareA >= 0 && shareB >= 0 && shareC >= 0 && near > inverse[i]) {
                    inverse[i] = near;
                    light[i] = shareA * v[a + 3] + shareB * v[b + 3] + shareC * v[c + 3];
                }
            }
        }
    }

    /** Returns twice the signed area of the triangle of two corners and a point. */
    private static double area(double[] v, int from, int to, double x, double y) {
        return (v[to] - v[from]) * (y - v[from + 1]) - (v[to + 1] - v[from + 1]) * (x - v[from]);
    }

    private Image downsampled(int columns, int rows) {
        byte[] rgb = new byte[3 * columns * rows];
        double[] sum = new double[3];
        for (int i = 0; i < columns * rows; i++) {
            Arrays.fill(sum, 0);
            for (int s = 0; s < SAMPLES * SAMPLES; s++) {
                int at = (i / columns * SAMPLES + s / SAMPLES) * width + i % columns * SAMPLES + s % SAMPLES;
                for (int channel = 0; channel < 3; channel++) {
                    sum[channel] += inverse[at] > 0 ? light[at] * SURFACE_COLOR[channel] : BACKGROUND[channel];
                }
            }
            for (int channel = 0; channel < 3; channel++) {
                rgb[3 * i + channel] = (byte) Math.round(sum[channel] / (SAMPLES * SAMPLES));
            }
        }
        return new Image(columns, rows, rgb);
    }

    private static Vec3 vector(float[] values, int i) {
        return new Vec3(values[3 * i], values[3 * i + 1], values[3 * i + 2]);
    }
}
