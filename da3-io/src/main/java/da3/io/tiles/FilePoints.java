package da3.io.tiles;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Points in a temporary file, 16 bytes each. */
final class FilePoints implements Points {

    private static final int BYTES = 16;
    private static final int BUFFERED = 4096; // points

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFERED * BYTES);
    private final Bounds bounds = new Bounds();
    private long size;

    /** @param file a new file, which {@link #close} deletes */
    FilePoints(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void add(float x, float y, float z, int rgb) throws IOException {
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.putFloat(x).putFloat(y).putFloat(z).putInt(rgb);
        bounds.include(x, y, z);
        size++;
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void forEach(Receiver receiver) throws IOException {
        flush();
        channel.position(0);
        for (long left = size; left > 0; left -= BUFFERED) {
            buffer.clear().limit((int) Math.min(BUFFERED, left) * BYTES);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new EOFException(file + " has become shorter");
                }
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                receiver.point(buffer.getFloat(), buffer.getFloat(), buffer.getFloat(), buffer.getInt());
            }
        }
    }

    @Override
    public Bounds bounds() {
        return bounds;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        }
    }
}
