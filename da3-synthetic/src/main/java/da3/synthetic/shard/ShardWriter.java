package da3.synthetic.shard;

import da3.files.PartialOutput;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Objects;

/**
 * Writes a shard to a temporary file and moves it to its final path once it is complete. Scenes may be written in any
 * order and from several threads.
 */
public final class ShardWriter implements Closeable {

    private final Path file;
    private final PartialOutput partial;
    private final ShardFormat format;
    private final FileChannel channel;
    private final BitSet written = new BitSet();

    /**
     * Starts a shard.
     *
     * @param file final path
     * @param scenes number of scenes, at least 1
     * @param views number of views of each scene
     * @param rows height of each image
     * @param columns width of each image
     * @throws IOException if the file cannot be created
     * @throws IllegalArgumentException if a number is not positive or a scene would have more than 2^31 - 1 bytes
     */
    public ShardWriter(Path file, int scenes, int views, int rows, int columns) throws IOException {
        this.file = file;
        this.format = new ShardFormat(scenes, views, rows, columns, true);
        this.partial = PartialOutput.beside(file);
        try {
            this.channel = FileChannel.open(partial.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            partial.close();
            throw e;
        }
        try {
            write(format.header(), 0);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Writes a scene.
     *
     * @param index index of the scene in the shard, from 0
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if its sizes differ from those of the shard, it has no objects, or its depth or
     *     cameras are invalid
     */
    public void write(int index, ShardScene scene) throws IOException {
        Objects.checkIndex(index, format.scenes());
        if (scene.views() != format.views() || scene.rows() != format.rows() || scene.columns() != format.columns()) {
            throw new IllegalArgumentException("scene " + index + " of " + file + " must have " + format.views()
                    + " views of " + format.rows() + "x" + format.columns() + " pixels, got " + scene.views() + " of "
                    + scene.rows() + "x" + scene.columns());
        }
        if (scene.objects().isEmpty()) {
            throw new IllegalArgumentException("scene " + index + " of " + file + " must have objects, got none");
        }
        ShardFormat.requireValid(scene);
        write(format.encode(scene), format.position(index));
        synchronized (written) {
            written.set(index);
        }
    }

    /**
     * Moves the shard to its final path.
     *
     * @throws IOException if the bytes cannot be written to disk or the file cannot be moved
     * @throws IllegalStateException if a scene is missing
     */
    public void finish() throws IOException {
        synchronized (written) {
            if (written.cardinality() != format.scenes()) {
                throw new IllegalStateException(
                        file + " must have " + format.scenes() + " scenes, got " + written.cardinality());
            }
        }
        channel.force(true);
        channel.close();
        partial.commit();
    }

    /** Deletes the temporary file unless the shard is finished. */
    @Override
    public void close() throws IOException {
        channel.close();
        partial.close();
    }

    private void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}
