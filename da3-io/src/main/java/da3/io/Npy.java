package da3.io;

import da3.geometry.check.Check;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An array to be written in NumPy's .npy format, version 1.0, row-major and little-endian. Values are streamed, not
 * copied.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
final class Npy {

    private static final int ALIGNMENT = 64;
    private static final int CHUNK = 1 << 14;

    private final String dtype;
    private final int[] shape;
    private final Values values;

    @FunctionalInterface
    private interface Values {
        void writeTo(OutputStream out) throws IOException;
    }

    private Npy(String dtype, int[] shape, long count, Values values) {
        long product = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (count != product) {
            throw Check.invalid("number of values of shape " + Arrays.toString(shape), Long.toString(product), count);
        }
        this.dtype = dtype;
        this.shape = shape.clone();
        this.values = values;
    }

    /**
     * Returns a float32 array.
     *
     * @throws IllegalArgumentException if the number of values does not match the shape
     */
    static Npy floats(float[] values, int... shape) {
        return floats(List.of(values), shape);
    }

    /**
     * Returns a float32 array that concatenates the given parts, for instance the maps of several views.
     *
     * @throws IllegalArgumentException if the number of values does not match the shape
     */
    static Npy floats(List<float[]> parts, int... shape) {
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

    /**
     * Returns a uint8 array.
     *
     * @throws IllegalArgumentException if the number of values does not match the shape
     */
    static Npy bytes(byte[] values, int... shape) {
        return bytes(List.of(values), shape);
    }

    /**
     * Returns a uint8 array that concatenates the given parts.
     *
     * @throws IllegalArgumentException if the number of values does not match the shape
     */
    static Npy bytes(List<byte[]> parts, int... shape) {
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
        // A Python tuple of one element needs a trailing comma.
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
