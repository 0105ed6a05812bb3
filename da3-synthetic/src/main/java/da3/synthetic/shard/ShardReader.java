package da3.synthetic.shard;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/** Reads the scenes of a shard in any order. Thread-safe. */
public final class ShardReader implements Closeable {

    private final Path file;
    private final FileChannel channel;
    private final ShardFormat format;

    /**
     * Opens a shard and checks its header and length.
     *
     * @throws IOException if the file cannot be read, is not a shard of a known version, or has a length that
     *     contradicts its header
     */
    public ShardReader(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file);
        try {
            this.format = format(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static ShardFormat format(Path file, FileChannel channel) throws IOException {
        long bytes = channel.size();
        if (bytes < ShardFormat.HEADER_BYTES) {
            throw new IOException(
                    file + " must have at least the " + ShardFormat.HEADER_BYTES + " bytes of a header, got " + bytes);
        }
        ShardFormat format = ShardFormat.ofHeader(read(file, channel, 0, ShardFormat.HEADER_BYTES), file);
        if (format.fileBytes() != bytes) {
            throw new IOException(file + " must have the " + format.fileBytes() + " bytes of its " + format.scenes()
                    + " scenes, got " + bytes);
        }
        return format;
    }

    /** Returns the number of scenes. */
    public int scenes() {
        return format.scenes();
    }

    /** Returns the number of views of each scene. */
    public int views() {
        return format.views();
    }

    /** Returns the height of the images. */
    public int rows() {
        return format.rows();
    }

    /** Returns the width of the images. */
    public int columns() {
        return format.columns();
    }

    /**
     * Reads a scene.
     *
     * @param index from 0
     * @throws IOException if the bytes are corrupt or cannot be read
     * @throws IndexOutOfBoundsException if there is no such scene
     */
    public ShardScene read(int index) throws IOException {
        Objects.checkIndex(index, format.scenes());
        ByteBuffer bytes = read(file, channel, format.position(index), format.sceneBytes());
        return format.decode(bytes, "scene " + index + " of " + file);
    }

    private static ByteBuffer read(Path file, FileChannel channel, long position, int count) throws IOException {
        ByteBuffer bytes = ShardFormat.buffer(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException(
                        file + " must have " + (position + count) + " bytes, got " + (position + bytes.position()));
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
