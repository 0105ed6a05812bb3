package da3.geometry.fusion;

import da3.geometry.TriangleMesh;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The pieces of a mesh: triangles that hang together by shared vertices. */
public final class MeshComponents {

    private final TriangleMesh mesh;

    /** Of each triangle, 0 to {@link #count} - 1 in the order in which pieces first appear. */
    private final int[] pieces;

    private final int[] sizes;

    private MeshComponents(TriangleMesh mesh, int[] pieces, int[] sizes) {
        this.mesh = mesh;
        this.pieces = pieces;
        this.sizes = sizes;
    }

    public static MeshComponents of(TriangleMesh mesh) {
        int[] parent = IntStream.range(0, mesh.vertexCount()).toArray();
        int[] triangles = mesh.triangles();
        for (int t = 0; t < triangles.length; t += 3) {
            join(parent, triangles[t], triangles[t + 1]);
            join(parent, triangles[t], triangles[t + 2]);
        }
        int[] numbers = new int[parent.length];
        Arrays.fill(numbers, -1);
        int[] pieces = new int[mesh.triangleCount()];
        int[] sizes = new int[pieces.length];
        int count = 0;
        for (int t = 0; t < pieces.length; t++) {
            int root = root(parent, triangles[3 * t]);
            if (numbers[root] < 0) {
                numbers[root] = count++;
            }
            pieces[t] = numbers[root];
            sizes[pieces[t]]++;
        }
        return new MeshComponents(mesh, pieces, Arrays.copyOf(sizes, count));
    }

    private static void join(int[] parent, int a, int b) {
        int rootA = root(parent, a);
        int rootB = root(parent, b);
        parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    }

    private static int root(int[] parent, int vertex) {
        int at = vertex;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    public int count() {
        return sizes.length;
    }

    /** Triangles of each piece, in the order in which pieces first appear. */
    public int[] sizes() {
        return sizes.clone();
    }

    /**
     * The mesh without its small pieces.
     *
     * @param minTriangles of a piece that stays
     * @throws IllegalArgumentException if it is negative
     */
    public TriangleMesh atLeast(int minTriangles) {
        if (minTriangles < 0) {
            throw new IllegalArgumentException("least triangles of a piece is " + minTriangles + "; legal: from 0");
        }
        int[] triangles = mesh.triangles();
        return mesh.withTriangles(IntStream.range(0, triangles.length)
                .filter(i -> sizes[pieces[i / 3]] >= minTriangles)
                .map(i -> triangles[i])
                .toArray());
    }
}
