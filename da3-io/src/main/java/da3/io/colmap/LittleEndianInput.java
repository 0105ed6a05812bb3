package da3.io.colmap;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads little-endian numbers; limits counts to what the remaining bytes can contain, so that they bound memory. */
final class LittleEndianInput implements AutoCloseable {

    private final Path file;
    private final InputStream bytes;
    private final byte[] number = new byte[Long.BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN);
    private long left;

    LittleEndianInput(Path file) throws IOException {
        this.file = file;
        left = Files.size(file);
        bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    int readByte() throws IOException {
        fill(1);
        return number[0];
    }

    int readInt() throws IOException {
        fill(Integer.BYTES);
        return buffer.getInt(0);
    }

    long readLong() throws IOException {
        fill(Long.BYTES);
        return buffer.getLong(0);
    }

    double readDouble() throws IOException {
        fill(Double.BYTES);
        return buffer.getDouble(0);
    }

    double[] readDoubles(int count) throws IOException {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = readDouble();
        }
        return values;
    }

    /**
     * Reads the number of the elements that follow.
     *
     * @param minBytes minimum size of an element
     * @throws ColmapException if the file is too short for them
     */
    int readCount(String elements, int minBytes) throws IOException {
        long count = readLong();
        if (count < 0 || count > left / minBytes) {
            throw new ColmapException(
                    file,
                    "truncated or damaged: " + left + " bytes remain for " + Long.toUnsignedString(count) + " "
                            + elements);
        }
        return Math.toIntExact(count);
    }

    /** Reads a name that ends with a zero byte. */
    String readName() throws IOException {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (int b = readByte(); b != 0; b = readByte()) {
            name.write(b);
        }
        return name.toString(StandardCharsets.UTF_8);
    }

    void requireEnd() throws ColmapException {
        if (left != 0) {
            throw new ColmapException(file, "damaged: " + left + " bytes follow the last entry");
        }
    }

    private void fill(int count) throws IOException {
        if (bytes.readNBytes(number, 0, count) < count) {
            throw new ColmapException(file, "truncated");
        }
        left -= count;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
