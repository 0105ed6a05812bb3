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
 * Writes a shard beside its place, and moves it there once it is whole. Until then nothing of that name is touched.
 * Scenes may come in any order and from any thread.
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
     * @param scenes that will be written, at least 1
     * @throws IOException if nothing can be written there
     * @throws IllegalArgumentException if a number is not positive or a scene would have more than 2^31 - 1 bytes
     */
    public ShardWriter(Path file, int scenes, int views, int rows, int columns) throws IOException {
        this.file = file;
        this.format = new ShardFormat(scenes, views, rows, columns);
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
     * @param index its place in the shard, from 0
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if its sizes are not the shard's, or its depth or cameras are not finite
     */
    public void write(int index, ShardScene scene) throws IOException {
        Objects.checkIndex(index, format.scenes());
        if (scene.views() != format.views() || scene.rows() != format.rows() || scene.columns() != format.columns()) {
            throw new IllegalArgumentException("scene " + index + " of " + file + " must have " + format.views()
                    + " views of " + format.rows() + "x" + format.columns() + " pixels, got " + scene.views() + " of "
                    + scene.rows() + "x" + scene.columns());
        }
        ShardFormat.requireTruth(scene);
        write(format.encode(scene), format.position(index));
        synchronized (written) {
            written.set(index);
        }
    }

    /**
     * Moves the shard to its place.
     *
     * @throws IOException if the bytes cannot be forced to the disk or the file cannot be moved
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

    /** Drops the shard unless it is finished. */
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
