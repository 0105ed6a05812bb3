package da3.io;

import da3.files.PartialOutput;
import da3.geometry.TriangleMesh;
import da3.geometry.check.Check;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a binary mesh in parts, so that it need not fit into memory. All vertices precede all triangles in the file,
 * so triangles wait in a second temporary file. The header contains the numbers of both, so it is written last, over a
 * placeholder of the same length. Parts share no vertices.
 */
public final class PlyMeshWriter implements AutoCloseable {

    /** Digits of the largest numbers of vertices and triangles together. */
    private static final int DIGITS = 38;

    private final Path target;
    private final PartialOutput mesh;
    private final PartialOutput faces;
    private final FileChannel channel;
    private final OutputStream vertexOut;
    private final OutputStream faceOut;
    private final PlyLine line = PlyLine.of(PlyFormat.BINARY_LITTLE_ENDIAN);
    private long vertices;
    private long triangles;

    private PlyMeshWriter(Path target, PartialOutput mesh, PartialOutput faces) throws IOException {
        this.target = target;
        this.mesh = mesh;
        this.faces = faces;
        channel = FileChannel.open(mesh.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        vertexOut = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        try {
            vertexOut.write(header(0, 0));
            faceOut = new BufferedOutputStream(
                    Files.newOutputStream(faces.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    1 << 16);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Begins a file.
     *
     * @throws IOException if it cannot be written; the message says why
     */
    public static PlyMeshWriter create(Path file) throws IOException {
        PartialOutput mesh = PartialOutput.beside(file);
        PartialOutput faces = PartialOutput.beside(file);
        try {
            return new PlyMeshWriter(file, mesh, faces);
        } catch (IOException e) {
            try (mesh;
                    faces) {
                throw unwritable(file, e);
            }
        }
    }

    /**
     * Appends the vertices and triangles of a mesh.
     *
     * @throws IOException if they cannot be written; the message says why
     * @throws IllegalStateException if there are more vertices than indices of the format, 2,147,483,647
     */
    public void write(TriangleMesh part) throws IOException {
        if (vertices + part.vertexCount() > Integer.MAX_VALUE) {
            throw new IllegalStateException(Check.message(
                    "number of vertices of " + target, "at most " + Integer.MAX_VALUE, vertices + part.vertexCount()));
        }
        try {
            for (int i = 0; i < part.positions().length; i += 3) {
                line.floats(part.positions(), i);
                line.floats(part.normals(), i);
                line.bytes(part.colors(), i);
                line.end(vertexOut);
            }
            int[] corners = new int[3];
            for (int i = 0; i < part.triangles().length; i += 3) {
                for (int c = 0; c < 3; c++) {
                    corners[c] = (int) vertices + part.triangles()[i + c];
                }
                line.triangle(corners, 0);
                line.end(faceOut);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
        vertices += part.vertexCount();
        triangles += part.triangleCount();
    }

    /** Finishes the file and moves it to its path, which is returned. */
    public Path commit() throws IOException {
        try {
            faceOut.close();
            Files.copy(faces.path(), vertexOut);
            vertexOut.flush();
            for (ByteBuffer header = ByteBuffer.wrap(header(vertices, triangles)); header.hasRemaining(); ) {
                channel.write(header, header.position());
            }
            channel.close();
            mesh.commit();
            return target;
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    /** Returns the header, whose comment is padded so that every header has the same length. */
    private static byte[] header(long vertices, long triangles) {
        int digits = (Long.toString(vertices) + triangles).length();
        String header = "ply\nformat " + PlyFormat.BINARY_LITTLE_ENDIAN.keyword() + " 1.0\ncomment written by da3-io "
                + "-".repeat(DIGITS - digits) + Ply.vertexElement(vertices) + Ply.NORMAL + Ply.COLOR
                + Ply.faceElement(triangles) + "end_header\n";
        return header.getBytes(StandardCharsets.US_ASCII);
    }

    private static IOException unwritable(Path file, IOException e) {
        return new IOException(file + " cannot be written: " + FileFailure.reason(e), e);
    }

    /** Deletes a file that was not committed. */
    @Override
    public void close() throws IOException {
        try (mesh;
                faces;
                channel) {
            faceOut.close();
        }
    }
}
