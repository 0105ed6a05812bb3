package da3.geometry.fusion;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.TriangleMesh;
import da3.geometry.concurrent.Parallel;
import da3.geometry.math.Percentiles;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Removes triangles that no view has seen. Behind an object, where the hidden space of one view meets empty space of
 * another, the averaged distance crosses zero although no surface is there and no view sees one from the front.
 *
 * <p>Where views contradict each other, the averaged surface is between them and may be close to none. The tolerance
 * therefore grows with the median distance of vertices from the nearest view.
 */
final class VisibilityFilter {

    private static final int CHUNK = 1 << 12;

    /** Number of vertices that the median is computed from. */
    private static final int SAMPLES = 1 << 12;

    /** Tolerance as a multiple of the median distance. */
    private static final double MEDIAN_FACTOR = 3;

    private final TriangleMesh mesh;
    private final int threads;

    /** Distance of each vertex from the nearest plane of a view; infinite if no view shows it from the front. */
    private final double[] nearest;

    VisibilityFilter(TriangleMesh mesh, int threads) {
        this.mesh = mesh;
        this.threads = threads;
        this.nearest = new double[mesh.vertexCount()];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    }

    /** Measures the distances of all vertices from the surface that a view shows. */
    void add(SurfacePixels view) {
        Parallel.forEach((nearest.length + CHUNK - 1) / CHUNK, threads, chunk -> {
            for (int i = chunk * CHUNK; i < Math.min(nearest.length, (chunk + 1) * CHUNK); i++) {
                double distance = distance(view, vector(mesh.positions(), i), vector(mesh.normals(), i));
                nearest[i] = Math.min(nearest[i], distance);
            }
        });
    }

    /**
     * Returns the mesh without triangles that have an unseen vertex.
     *
     * @param reach minimum tolerance for the distance of a vertex from the plane of a pixel, in world units
     */
    TriangleMesh seenPart(double reach) {
        double tolerance = Math.max(reach, MEDIAN_FACTOR * median());
        int[] corners = mesh.triangles();
        return mesh.withTriangles(IntStream.range(0, corners.length)
                .filter(c -> nearest[corners[c - c % 3]] <= tolerance
                        && nearest[corners[c - c % 3 + 1]] <= tolerance
                        && nearest[corners[c - c % 3 + 2]] <= tolerance)
                .map(c -> corners[c])
                .toArray());
    }

    /** Returns the median distance to the nearest view, over evenly chosen vertices that some view may see. */
    private double median() {
        int step = Math.max(1, nearest.length / SAMPLES);
        float[] finite = new float[(nearest.length + step - 1) / step];
        int count = 0;
        for (int i = 0; i < nearest.length; i += step) {
            if (nearest[i] < Double.POSITIVE_INFINITY) {
                finite[count++] = (float) nearest[i];
            }
        }
        return count == 0 ? 0 : Percentiles.quantile(Arrays.copyOf(finite, count), 0.5);
    }

    private static double distance(SurfacePixels view, Vec3 point, Vec3 normal) {
        Pose pose = view.camera.pose();
        Intrinsics k = view.camera.intrinsics();
        Vec3 p = pose.transform(point);
        double u = k.projectX(p.x(), p.z());
        double v = k.projectY(p.y(), p.z());
        if (!(p.z() > 0 && u >= 0 && u < view.width && v >= 0 && v < view.height)) {
            return Double.POSITIVE_INFINITY;
        }
        int i = (int) v * view.width + (int) u;
        boolean shown = view.inverse[i] > 0 && pose.rotation().times(normal).dot(p) < 0;
        return shown ? Math.abs(view.distance(i, u, v, p.z())) : Double.POSITIVE_INFINITY;
    }

    private static Vec3 vector(float[] values, int i) {
        return new Vec3(values[3 * i], values[3 * i + 1], values[3 * i + 2]);
    }
}
