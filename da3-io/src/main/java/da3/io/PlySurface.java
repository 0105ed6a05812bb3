package da3.io;

/**
 * Points or a triangle mesh read from a PLY file.
 *
 * @param positions (vertices, 3), in the coordinates of the file
 * @param colors (vertices, 3), sRGB; black where the file has none
 * @param triangles (triangles, 3), indices of vertices; empty for a file of points
 */
public record PlySurface(float[] positions, byte[] colors, int[] triangles) {

    /** Returns the number of vertices. */
    public int vertexCount() {
        return positions.length / 3;
    }

    /** Returns the number of triangles. */
    public int triangleCount() {
        return triangles.length / 3;
    }

    @Override
    public String toString() {
        return "PlySurface[" + vertexCount() + " vertices, " + triangleCount() + " triangles]";
    }
}
