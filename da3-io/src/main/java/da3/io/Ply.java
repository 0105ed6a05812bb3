package da3.io;

import da3.geometry.PointCloud;
import da3.geometry.TriangleMesh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes point clouds and meshes in the polygon file format, in unchanged coordinates: positions as x, y, z, normals as
 * nx, ny, nz, sRGB colors as red, green, blue, and confidence if there is any.
 *
 * @see <a href="https://paulbourke.net/dataformats/ply/">PLY, polygon file format</a>
 */
public final class Ply {

    static final String NORMAL = "property float nx\nproperty float ny\nproperty float nz\n";
    static final String COLOR = "property uchar red\nproperty uchar green\nproperty uchar blue\n";

    private Ply() {}

    /**
     * Writes a point cloud atomically.
     *
     * @throws IOException if the file cannot be written; the message says why
     */
    public static void write(PointCloud cloud, Path file, PlyFormat format) throws IOException {
        StringBuilder header = header(format, cloud.size());
        cloud.normals().ifPresent(normals -> header.append(NORMAL));
        header.append(COLOR);
        cloud.confidences().ifPresent(confidences -> header.append("property float confidence\n"));
        header.append("end_header\n");
        AtomicFile.write(file, out -> {
            out.write(header.toString().getBytes(StandardCharsets.US_ASCII));
            PlyLine line = PlyLine.of(format);
            for (int i = 0; i < cloud.size(); i++) {
                line.floats(cloud.positions(), 3 * i);
                if (cloud.normals().isPresent()) {
                    line.floats(cloud.normals().get(), 3 * i);
                }
                line.bytes(cloud.colors(), 3 * i);
                if (cloud.confidences().isPresent()) {
                    line.value(cloud.confidences().get()[i]);
                }
                line.end(out);
            }
        });
    }

    /**
     * Writes a mesh atomically.
     *
     * @throws IOException if the file cannot be written; the message says why
     */
    public static void write(TriangleMesh mesh, Path file, PlyFormat format) throws IOException {
        String header = header(format, mesh.vertexCount())
                .append(NORMAL)
                .append(COLOR)
                .append(faceElement(mesh.triangleCount()))
                .append("end_header\n")
                .toString();
        AtomicFile.write(file, out -> {
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            PlyLine line = PlyLine.of(format);
            for (int i = 0; i < mesh.positions().length; i += 3) {
                line.floats(mesh.positions(), i);
                line.floats(mesh.normals(), i);
                line.bytes(mesh.colors(), i);
                line.end(out);
            }
            for (int i = 0; i < mesh.triangles().length; i += 3) {
                line.triangle(mesh.triangles(), i);
                line.end(out);
            }
        });
    }

    private static StringBuilder header(PlyFormat format, int vertices) {
        return new StringBuilder("ply\nformat ")
                .append(format.keyword())
                .append(" 1.0\ncomment written by da3-io")
                .append(vertexElement(vertices));
    }

    /** Returns the declaration of vertices with positions, which begins a new line. */
    static String vertexElement(long count) {
        return "\nelement vertex " + count + "\nproperty float x\nproperty float y\nproperty float z\n";
    }

    /** Returns the declaration of triangles. */
    static String faceElement(long count) {
        return "element face " + count + "\nproperty list uchar int vertex_indices\n";
    }
}
