package da3.geometry.fusion;

import da3.geometry.TriangleMesh;
import java.util.Arrays;

/** The connectivity of a mesh. */
record Topology(int vertices, int edges, int triangles, int borderEdges, int crowdedEdges) {

    static Topology of(TriangleMesh mesh) {
        int[] t = mesh.triangles();
        long[] sides = new long[t.length];
        for (int i = 0; i < t.length; i++) {
            int a = t[i];
            int b = t[i % 3 == 2 ? i - 2 : i + 1];
            // The last bit is the direction.
            sides[i] = ((long) Math.min(a, b) << 32 | Math.max(a, b)) << 1 | (a < b ? 0 : 1);
        }
        Arrays.sort(sides);
        int edges = 0;
        int border = 0;
        int crowded = 0;
        for (int i = 0; i < sides.length; ) {
            int end = i;
            while (end < sides.length && sides[end] >> 1 == sides[i] >> 1) {
                end++;
            }
            edges++;
            border += end - i == 1 ? 1 : 0;
            // Consistently oriented triangles traverse a shared edge in opposite directions.
            crowded += end - i > 2 || end - i == 2 && sides[i] == sides[i + 1] ? 1 : 0;
            i = end;
        }
        return new Topology(mesh.vertexCount(), edges, mesh.triangleCount(), border, crowded);
    }

    boolean isClosed() {
        return borderEdges == 0 && crowdedEdges == 0;
    }

    int eulerCharacteristic() {
        return vertices - edges + triangles;
    }
}
