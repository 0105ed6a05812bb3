package da3.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An array in NumPy's .npy format, version 1.0: row-major and little-endian. Values are written when the file is, and
 * are not copied before.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format</a>
 */
public final class Npy {

    private static final int ALIGNMENT = 64;
    private static final int CHUNK = 1 << 14;

    private final String dtype;
    private final int[] shape;
    private final Values values;

    @FunctionalInterface
    private interface Values {
        void writeTo(OutputStream out) throws IOException;
    }

    private Npy(String dtype, int[] shape, long found, Values values) {
        long legal = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (found != legal) {
            throw new IllegalArgumentException(
                    "array of shape " + Arrays.toString(shape) + " has " + found + " values; legal: " + legal);
        }
        this.dtype = dtype;
        this.shape = shape.clone();
        this.values = values;
    }

    /** A float32 array. */
    public static Npy floats(float[] values, int... shape) {
        return floats(List.of(values), shape);
    }

    /** A float32 array whose values are these parts one after the other, for instance a map a view. */
    public static Npy floats(List<float[]> parts, int... shape) {
        long count = parts.stream().mapToLong(part -> part.length).sum();
        return new Npy("<f4", shape, count, out -> {
            ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (float[] part : parts) {
                for (int from = 0; from < part.length; from += CHUNK) {
                    int length = Math.min(CHUNK, part.length - from);
                    bytes.asFloatBuffer().put(part, from, length);
                    out.write(bytes.array(), 0, length * Float.BYTES);
                }
            }
        });
    }

    /** An int64 array. */
    public static Npy longs(long[] values, int... shape) {
        return new Npy("<i8", shape, values.length, out -> {
            ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int from = 0; from < values.length; from += CHUNK) {
                int length = Math.min(CHUNK, values.length - from);
                bytes.asLongBuffer().put(values, from, length);
                out.write(bytes.array(), 0, length * Long.BYTES);
            }
        });
    }

    /** A uint8 array. */
    public static Npy bytes(byte[] values, int... shape) {
        return bytes(List.of(values), shape);
    }

    /** A uint8 array whose values are these parts one after the other. */
    public static Npy bytes(List<byte[]> parts, int... shape) {
        long count = parts.stream().mapToLong(part -> part.length).sum();
        return new Npy("|u1", shape, count, out -> {
            for (byte[] part : parts) {
                out.write(part);
            }
        });
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(header());
        values.writeTo(out);
    }

    private byte[] header() {
        // A Python tuple: one element needs its comma too.
        String tuple = Arrays.stream(shape).mapToObj(length -> length + ",").collect(Collectors.joining(" ", "(", ")"));
        String fields = "{'descr': '" + dtype + "', 'fortran_order': False, 'shape': " + tuple + ", }";
        int prefix = 10;
        int total = (prefix + fields.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        header.put((byte) 1).put((byte) 0).putShort((short) (total - prefix));
        header.put(fields.getBytes(StandardCharsets.US_ASCII));
        Arrays.fill(header.array(), header.position(), total - 1, (byte) ' ');
        header.put(total - 1, (byte) '\n');
        return header.array();
    }
}
