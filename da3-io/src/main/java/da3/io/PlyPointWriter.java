package da3.io;

import da3.files.PartialOutput;
import da3.geometry.PointCloud;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a binary point cloud in parts, so that it need not fit into memory. The header contains the number of points,
 * so it is written last, over a placeholder of the same length.
 */
public final class PlyPointWriter implements AutoCloseable {

    /** Digits of the largest number of points. */
    private static final int DIGITS = 19;

    private final Path target;
    private final PartialOutput partial;
    private final FileChannel channel;
    private final OutputStream out;
    private final PlyLine line = PlyLine.of(PlyFormat.BINARY_LITTLE_ENDIAN);
    private long points;

    private PlyPointWriter(Path target, PartialOutput partial, FileChannel channel) throws IOException {
        this.target = target;
        this.partial = partial;
        this.channel = channel;
        out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        out.write(header(0));
    }

    /**
     * Begins a file.
     *
     * @throws IOException if it cannot be written; the message says why
     */
    public static PlyPointWriter create(Path file) throws IOException {
        PartialOutput partial = PartialOutput.beside(file);
        try {
            FileChannel channel =
                    FileChannel.open(partial.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new PlyPointWriter(file, partial, channel);
        } catch (IOException e) {
            partial.close();
            throw unwritable(file, e);
        }
    }

    /** Appends the positions and colors of points. */
    public void write(PointCloud cloud) throws IOException {
        try {
            for (int i = 0; i < cloud.size(); i++) {
                line.floats(cloud.positions(), 3 * i);
                line.bytes(cloud.colors(), 3 * i);
                line.end(out);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
        points += cloud.size();
    }

    /** Finishes the file and moves it to its path, which is returned. */
    public Path commit() throws IOException {
        try {
            out.flush();
            for (ByteBuffer header = ByteBuffer.wrap(header(points)); header.hasRemaining(); ) {
                channel.write(header, header.position());
            }
            channel.close();
            partial.commit();
            return target;
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    /** Returns the header, whose comment is padded so that every header has the same length. */
    private static byte[] header(long points) {
        String header = "ply\nformat " + PlyFormat.BINARY_LITTLE_ENDIAN.keyword() + " 1.0\ncomment written by da3-io "
                + "-".repeat(DIGITS - Long.toString(points).length()) + Ply.vertexElement(points) + Ply.COLOR
                + "end_header\n";
        return header.getBytes(StandardCharsets.US_ASCII);
    }

    private static IOException unwritable(Path file, IOException e) {
        return new IOException(file + " cannot be written: " + FileFailure.reason(e), e);
    }

    /** Deletes a file that was not committed. */
    @Override
    public void close() throws IOException {
        try (partial) {
            channel.close();
        }
    }
}
