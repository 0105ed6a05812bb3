package da3.geometry.fusion;

import da3.geometry.TriangleMesh;
import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The connected components of a mesh: triangles connected by shared vertices. */
public final class MeshComponents {

    private final TriangleMesh mesh;

    /** (triangles), component of each triangle, numbered in the order of their first triangles. */
    private final int[] components;

    private final int[] sizes;

    private MeshComponents(TriangleMesh mesh, int[] components, int[] sizes) {
        this.mesh = mesh;
        this.components = components;
        this.sizes = sizes;
    }

    /** Finds the components of a mesh. */
    public static MeshComponents of(TriangleMesh mesh) {
        int[] parent = IntStream.range(0, mesh.vertexCount()).toArray();
        int[] triangles = mesh.triangles();
        for (int t = 0; t < triangles.length; t += 3) {
            join(parent, triangles[t], triangles[t + 1]);
            join(parent, triangles[t], triangles[t + 2]);
        }
        int[] numbers = new int[parent.length];
        Arrays.fill(numbers, -1);
        int[] components = new int[mesh.triangleCount()];
        int[] sizes = new int[components.length];
        int count = 0;
        for (int t = 0; t < components.length; t++) {
            int root = root(parent, triangles[3 * t]);
            if (numbers[root] < 0) {
                numbers[root] = count++;
            }
            components[t] = numbers[root];
            sizes[components[t]]++;
        }
        return new MeshComponents(mesh, components, Arrays.copyOf(sizes, count));
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

    /** Returns the number of components. */
    public int count() {
        return sizes.length;
    }

    /** Returns the number of triangles of each component, in the order of their first triangles. */
    public int[] sizes() {
        return sizes.clone();
    }

    /**
     * Returns the mesh without small components.
     *
     * @param minTriangles minimum number of triangles of a component
     * @throws IllegalArgumentException if it is negative
     */
    public TriangleMesh atLeast(int minTriangles) {
        return atLeast(minTriangles, vertex -> false);
    }

    /**
     * Returns the mesh without small components, except for those that a vertex holds.
     *
     * @param minTriangles minimum number of triangles of other components
     * @param holds whether the component of a vertex stays, whatever its size, because it continues in another mesh
     * @throws IllegalArgumentException if {@code minTriangles} is negative
     */
    TriangleMesh atLeast(int minTriangles, IntPredicate holds) {
        Check.atLeast("minimum triangles of a component", 0, minTriangles);
        int[] triangles = mesh.triangles();
        boolean[] kept = new boolean[sizes.length];
        for (int i = 0; i < triangles.length; i++) {
            int component = components[i / 3];
            kept[component] |= sizes[component] >= minTriangles || holds.test(triangles[i]);
        }
        return mesh.withTriangles(IntStream.range(0, triangles.length)
                .filter(i -> kept[components[i / 3]])
                .map(i -> triangles[i])
                .toArray());
    }
}
