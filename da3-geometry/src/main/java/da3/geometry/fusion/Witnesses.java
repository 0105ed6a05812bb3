package da3.geometry.fusion;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.Vec3;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keeps of a mesh what a view has really seen. Behind an object, where the shadow of one view meets what another saw to be
 * empty, the mean of both crosses zero without a surface there; no pixel lies on it from before.
 */
final class Witnesses {

    private static final int CHUNK = 1 << 12;

    private final List<SurfacePixels> views;
    private final double tolerance;

    /** @param tolerance farthest from a pixel's plane that it still vouches for a point, in the world's unit */
    Witnesses(List<SurfacePixels> views, double tolerance) {
        this.views = views;
        this.tolerance = tolerance;
    }

    /** Without the triangles that have a vertex nobody has seen. */
    TriangleMesh seenPart(TriangleMesh mesh, int threads) {
        boolean[] seen = new boolean[mesh.vertexCount()];
        Parallel.forEach((seen.length + CHUNK - 1) / CHUNK, threads, chunk -> {
            for (int i = chunk * CHUNK; i < Math.min(seen.length, (chunk + 1) * CHUNK); i++) {
                seen[i] = isSeen(vector(mesh.positions(), i), vector(mesh.normals(), i));
            }
        });
        int[] corners = mesh.triangles();
        return mesh.withTriangles(IntStream.range(0, corners.length)
                .filter(c -> seen[corners[c - c % 3]] && seen[corners[c - c % 3 + 1]] && seen[corners[c - c % 3 + 2]])
                .map(c -> corners[c])
                .toArray());
    }

    private boolean isSeen(Vec3 point, Vec3 normal) {
        for (SurfacePixels view : views) {
            if (isSeen(view, point, normal)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSeen(SurfacePixels view, Vec3 point, Vec3 normal) {
        Pose pose = view.camera.pose();
        Intrinsics k = view.camera.intrinsics();
        Vec3 p = pose.transform(point);
        double u = k.fx() * p.x() / p.z() + k.cx();
        double v = k.fy() * p.y() / p.z() + k.cy();
        if (!(p.z() > 0 && u >= 0 && u < view.width && v >= 0 && v < view.height)) {
            return false;
        }
        int i = (int) v * view.width + (int) u;
        return view.inverse[i] > 0
                && Math.abs(view.distance(i, u, v, p.z())) <= tolerance
                && pose.rotation().times(normal).dot(p) < 0;
    }

    private static Vec3 vector(float[] values, int i) {
        return new Vec3(values[3 * i], values[3 * i + 1], values[3 * i + 2]);
    }
}
