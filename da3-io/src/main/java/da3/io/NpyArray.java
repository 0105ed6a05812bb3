package da3.io;

import da3.geometry.check.Check;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array read from NumPy's .npy format, version 1 to 3, row-major and little-endian, of float32, float64, uint8
 * or boolean.
 *
 * @param dtype NumPy's name of the type, for instance {@code <f4}
 * @param shape lengths along the axes
 * @param data the values, in little-endian order
 */
public record NpyArray(String dtype, int[] shape, ByteBuffer data) {

    private static final int MAX_HEADER_BYTES = 1 << 16;

    private static final Pattern HEADER = Pattern.compile(
            "\\{(?=.*'descr':\\s*'([^']*)')(?=.*'fortran_order':\\s*(True|False))(?=.*'shape':\\s*\\(([0-9, ]*)\\)).*");

    /**
     * Reads a file.
     *
     * @throws IOException if the file is missing, is not such an array, or is cut short; the message says what is wrong
     */
    public static NpyArray read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in, file.toString());
        }
    }

    /**
     * Reads an array.
     *
     * @param name name of the array in error messages
     * @throws IOException if the stream is not such an array or ends early; the message says which
     */
    static NpyArray read(InputStream stream, String name) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        Header header = Header.read(in, name);
        return read(in, name, header.dtype, header.shape);
    }

    /**
     * Reads the shape of an array, but not its values.
     *
     * @param name name of the array in error messages
     * @throws IOException if the stream does not begin with the header of such an array
     */
    static int[] readShape(InputStream stream, String name) throws IOException {
        return Header.read(new DataInputStream(stream), name).shape;
    }

    private record Header(String dtype, int[] shape) {
        static Header read(DataInputStream in, String name) throws IOException {
            byte[] start = in.readNBytes(8);
            boolean magic = start.length == 8
                    && (start[0] & 0xff) == 0x93
                    && new String(start, 1, 5, StandardCharsets.US_ASCII).equals("NUMPY");
            if (!magic || start[6] < 1 || start[6] > 3) {
                throw new IOException(name + " must be a NumPy array in .npy format, version 1 to 3");
            }
            byte[] size = in.readNBytes(start[6] == 1 ? 2 : 4);
            int length = 0;
            for (int i = size.length - 1; i >= 0; i--) {
                length = length << 8 | size[i] & 0xff;
            }
            if (length < 0 || length > MAX_HEADER_BYTES) {
                throw new IOException(Check.message(
                        "header length of " + name,
                        "at most " + MAX_HEADER_BYTES + " bytes",
                        Integer.toUnsignedString(length)));
            }
            String header = new String(in.readNBytes(length), StandardCharsets.UTF_8).strip();
            Matcher fields = HEADER.matcher(header);
            if (!fields.matches() || fields.group(2).equals("True")) {
                throw new IOException(
                        Check.message("header of " + name, "descr, shape and fortran_order False", header));
            }
            return new Header(fields.group(1), shape(fields.group(3), name));
        }

        private static int[] shape(String tuple, String name) throws IOException {
            try {
                return Arrays.stream(tuple.split(","))
                        .map(String::strip)
                        .filter(axis -> !axis.isEmpty())
                        .mapToInt(Integer::parseInt)
                        .toArray();
            } catch (NumberFormatException e) {
                throw new IOException(Check.message("shape of " + name, "axes below 2^31", "(" + tuple + ")"), e);
            }
        }
    }

    private static NpyArray read(DataInputStream in, String name, String dtype, int[] shape) throws IOException {
        int each =
                switch (dtype) {
                    case "<f4" -> 4;
                    case "<f8" -> 8;
                    case "|u1", "|b1" -> 1;
                    default -> throw new IOException(Check.message("dtype of " + name, "<f4, <f8, |u1 or |b1", dtype));
                };
        long bytes = each;
        for (int axis : shape) {
            bytes = axis == 0 ? 0 : bytes > Integer.MAX_VALUE / axis ? Long.MAX_VALUE / 4 : bytes * axis;
        }
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IOException(
                    Check.message("size of " + name, "less than 2 GiB", "more for shape " + Arrays.toString(shape)));
        }
        byte[] data = in.readNBytes((int) bytes);
        if (data.length != bytes) {
            throw new IOException(name + " of shape " + Arrays.toString(shape) + " ends after " + data.length + " of "
                    + bytes + " bytes");
        }
        return new NpyArray(dtype, shape, ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Returns the number of values. */
    public int count() {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    /** Returns a value by its index in row-major order. */
    public double value(int i) {
        return switch (dtype) {
            case "<f4" -> data.getFloat(4 * i);
            case "<f8" -> data.getDouble(8 * i);
            default -> data.get(i) & 0xff;
        };
    }

    /** Returns {@code length} values from an index on, in row-major order. */
    public float[] floats(int from, int length) {
        float[] floats = new float[length];
        for (int i = 0; i < length; i++) {
            floats[i] = (float) value(from + i);
        }
        return floats;
    }

    /** Returns all values, in row-major order. */
    public double[] doubles() {
        double[] doubles = new double[count()];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = value(i);
        }
        return doubles;
    }
}
