package da3.io;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The cameras of a {@link MiniNpz} or {@link Npz} archive.
 *
 * @param cameras one per view, intrinsics in pixels of the maps
 * @param width of the maps in pixels
 * @param height of the maps in pixels
 */
public record NpzCameras(List<Camera> cameras, int width, int height) {

    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '<f4', 'fortran_order': False, 'shape': \\(([0-9]+(?:, *[0-9]+)*),?\\),? *\\} *\n?");
    /** Maximum number of values of an array, enough for a million cameras. */
    private static final int MAX_VALUES = 1 << 24;

    private static final int MAGIC_AND_VERSION = 8;

    public NpzCameras {
        cameras = List.copyOf(cameras);
    }

    /**
     * Reads the cameras of an archive.
     *
     * @throws IOException if the file is missing, cannot be read or contains no cameras; the message says what is wrong
     */
    public static NpzCameras read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Array depth = array(zip, file, "depth", 3, false);
            int views = depth.shape[0];
            double[] poses = array(zip, file, "extrinsics", 3, true).require(file, views, 3, 4);
            double[] lenses = array(zip, file, "intrinsics", 3, true).require(file, views, 3, 3);
            List<Camera> cameras = new ArrayList<>();
            for (int v = 0; v < views; v++) {
                cameras.add(new Camera(Pose.ofMatrix(poses, 12 * v), Intrinsics.ofMatrix(lenses, 9 * v)));
            }
            return new NpzCameras(cameras, depth.shape[2], depth.shape[1]);
        } catch (ZipException e) {
            throw new IOException(file + " is not a NumPy archive: " + e.getMessage(), e);
        } catch (EOFException e) {
            throw new IOException(file + " is truncated or damaged", e);
        }
    }

    /** @param values null if only the shape was read */
    private record Array(String name, int[] shape, double[] values) {

        double[] require(Path file, int... expected) throws IOException {
            if (!Arrays.equals(shape, expected)) {
                throw new IOException(file + ": "
                        + Check.message("shape of " + name, Arrays.toString(expected), Arrays.toString(shape)));
            }
            return values;
        }
    }

    private static Array array(ZipFile zip, Path file, String name, int axes, boolean withValues) throws IOException {
        ZipEntry entry = zip.getEntry(name + ".npy");
        if (entry == null) {
            throw new IOException(file + " contains no cameras, because it has no array '" + name + "'");
        }
        try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
            in.skipNBytes(MAGIC_AND_VERSION);
            byte[] header = new byte[Short.toUnsignedInt(Short.reverseBytes(in.readShort()))];
            in.readFully(header);
            String text = new String(header, StandardCharsets.US_ASCII);
            Matcher fields = HEADER.matcher(text);
            int[] shape = fields.matches() ? shape(fields.group(1)) : new int[0];
            if (shape.length != axes) {
                throw new IOException(file + ": "
                        + Check.message(
                                "header of " + name,
                                "float32, row-major, with " + axes + " axes below 2^31",
                                text.strip()));
            }
            return new Array(name, shape, withValues ? values(in, file, name, shape) : null);
        } catch (EOFException e) {
            throw new IOException(file + ": " + name + " is truncated", e);
        }
    }

    /** Returns the lengths along the axes, or an empty array if one of them exceeds an int. */
    private static int[] shape(String tuple) {
        try {
            return Arrays.stream(tuple.split(", *")).mapToInt(Integer::parseInt).toArray();
        } catch (NumberFormatException e) {
            return new int[0];
        }
    }

    /** Reads no more than the shape states, because a small archive can expand to any size. */
    private static double[] values(DataInputStream in, Path file, String name, int[] shape) throws IOException {
        long count = 1;
        for (int length : shape) {
            count *= length; // both factors are below 2^31
            if (count > MAX_VALUES) {
                throw new IOException(file + ": "
                        + Check.message(
                                "shape of " + name, "at most " + MAX_VALUES + " values", Arrays.toString(shape)));
            }
        }
        byte[] bytes = in.readNBytes((int) count * Float.BYTES);
        if (bytes.length < count * Float.BYTES || in.read() >= 0) {
            throw new IOException(file + ": "
                    + Check.message(
                            "data of " + name,
                            count * Float.BYTES + " bytes for its shape " + Arrays.toString(shape),
                            bytes.length < count * Float.BYTES ? bytes.length : "more"));
        }
        double[] values = new double[(int) count];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.setAll(values, i -> buffer.getFloat(i * Float.BYTES));
        return values;
    }
}
