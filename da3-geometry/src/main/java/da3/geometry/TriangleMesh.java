package da3.geometry;

import da3.geometry.check.Check;
import java.util.Arrays;

/**
 * A triangle mesh with shared vertices.
 *
 * @param positions (vertices, 3), world coordinates
 * @param normals (vertices, 3), unit length, pointing out of the surface
 * @param colors (vertices, 3), sRGB
 * @param triangles (triangles, 3), vertex indices, counterclockwise as seen from outside
 */
public record TriangleMesh(float[] positions, float[] normals, byte[] colors, int[] triangles) {

    /** @throws IllegalArgumentException if the lengths of the arrays do not match, or an index is out of range */
    public TriangleMesh {
        if (positions.length % 3 != 0
                || normals.length != positions.length
                || colors.length != positions.length
                || triangles.length % 3 != 0) {
            throw Check.invalid(
                    "arrays of a mesh",
                    "3 coordinates, 3 normal coordinates and 3 color channels for each vertex, and 3 indices for each"
                            + " triangle",
                    positions.length + " coordinates, " + normals.length + " normal coordinates, " + colors.length
                            + " channels and " + triangles.length + " indices");
        }
        int vertices = positions.length / 3;
        for (int index : triangles) {
            if (index < 0 || index >= vertices) {
                throw Check.invalid("vertex index of a triangle", "from 0 to " + (vertices - 1), index);
            }
        }
    }

    public int vertexCount() {
        return positions.length / 3;
    }

    public int triangleCount() {
        return triangles.length / 3;
    }

    /** Returns a mesh with these triangles and only the vertices they use, in the same order. */
    public TriangleMesh withTriangles(int[] kept) {
        int[] moved = new int[vertexCount()];
        for (int index : kept) {
            moved[index] = 1;
        }
        int count = 0;
        for (int i = 0; i < moved.length; i++) {
            moved[i] = moved[i] == 0 ? -1 : count++;
        }
        float[] keptPositions = new float[3 * count];
        float[] keptNormals = new float[3 * count];
        byte[] keptColors = new byte[3 * count];
        for (int i = 0; i < moved.length; i++) {
            if (moved[i] >= 0) {
                System.arraycopy(positions, 3 * i, keptPositions, 3 * moved[i], 3);
                System.arraycopy(normals, 3 * i, keptNormals, 3 * moved[i], 3);
                System.arraycopy(colors, 3 * i, keptColors, 3 * moved[i], 3);
            }
        }
        int[] renumbered = Arrays.stream(kept).map(index -> moved[index]).toArray();
        return new TriangleMesh(keptPositions, keptNormals, keptColors, renumbered);
    }

    @Override
    public String toString() {
        return "TriangleMesh[" + vertexCount() + " vertices, " + triangleCount() + " triangles]";
    }
}
