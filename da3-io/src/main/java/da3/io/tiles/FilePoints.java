package da3.io.tiles;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Points in a temporary file, 16 bytes each. */
final class FilePoints implements Points {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final DataOutputStream out;
    private final Bounds bounds = new Bounds();
    private long size;

    /** @param file a new file, which {@link #close} deletes */
    FilePoints(Path file) throws IOException {
        this.file = file;
        out = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER));
    }

    @Override
    public void add(float x, float y, float z, int rgb) throws IOException {
        out.writeFloat(x);
        out.writeFloat(y);
        out.writeFloat(z);
        out.writeInt(rgb);
        bounds.include(x, y, z);
        size++;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void forEach(Receiver receiver) throws IOException {
        out.close();
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            for (long i = 0; i < size; i++) {
                receiver.point(in.readFloat(), in.readFloat(), in.readFloat(), in.readInt());
            }
        }
    }

    @Override
    public Bounds bounds() {
        return bounds;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            Files.deleteIfExists(file);
        }
    }
}
