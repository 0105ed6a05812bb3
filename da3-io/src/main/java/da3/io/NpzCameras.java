package da3.io;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
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
 * The cameras of an archive that {@link MiniNpz} or {@link Npz} wrote.
 *
 * @param cameras one a view, intrinsics in pixels of the maps
 * @param width of the maps
 * @param height of the maps
 */
public record NpzCameras(List<Camera> cameras, int width, int height) {

    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '<f4', 'fortran_order': False, 'shape': \\(([0-9]+(?:, *[0-9]+)*),?\\),? *\\} *\n?");
    /** Of a million cameras and more. */
    private static final int MOST_VALUES = 1 << 24;

    private static final int MAGIC_AND_VERSION = 8;

    public NpzCameras {
        cameras = List.copyOf(cameras);
    }

    /** @throws IOException if the file is missing, cannot be read, or holds no cameras; the message says what is wrong */
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
            throw new IOException(file + " is no NumPy archive: " + e.getMessage(), e);
        } catch (EOFException e) {
            throw new IOException(file + " is cut short or damaged", e);
        }
    }

    /** @param values null where only the shape was asked for */
    private record Array(String name, int[] shape, double[] values) {

        double[] require(Path file, int... legal) throws IOException {
            if (!Arrays.equals(shape, legal)) {
                throw new IOException(file + " has " + name + " of shape " + Arrays.toString(shape) + "; legal: "
                        + Arrays.toString(legal));
            }
            return values;
        }
    }

    private static Array array(ZipFile zip, Path file, String name, int axes, boolean withValues) throws IOException {
        ZipEntry entry = zip.getEntry(name + ".npy");
        if (entry == null) {
            throw new IOException(file + " has no array '" + name + "', so it holds no cameras");
        }
        try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
            in.skipNBytes(MAGIC_AND_VERSION);
            byte[] header = new byte[Short.toUnsignedInt(Short.reverseBytes(in.readShort()))];
            in.readFully(header);
            String text = new String(header, StandardCharsets.US_ASCII);
            Matcher fields = HEADER.matcher(text);
            int[] shape = fields.matches() ? shape(fields.group(1)) : new int[0];
            if (shape.length != axes) {
                throw new IOException(file + " has " + name + " with the header " + text.strip()
                        + "; legal: float32, row-major, of " + axes + " axes below 2^31");
            }
            return new Array(name, shape, withValues ? values(in, file, name, shape) : null);
        } catch (EOFException e) {
            throw new IOException(file + " has " + name + " that is cut short", e);
        }
    }

    /** Returns the lengths along the axes; none where one of them is no int. */
    private static int[] shape(String tuple) {
        try {
            return Arrays.stream(tuple.split(", *")).mapToInt(Integer::parseInt).toArray();
        } catch (NumberFormatException e) {
            return new int[0];
        }
    }

    /** Inflates no more than the shape states: a few bytes of an archive can become any number. */
    private static double[] values(DataInputStream in, Path file, String name, int[] shape) throws IOException {
        long count = 1;
        for (int length : shape) {
            count *= length; // both factors are below 2^31
            if (count > MOST_VALUES) {
                throw new IOException(file + " has " + name + " of shape " + Arrays.toString(shape) + "; legal: up to "
                        + MOST_VALUES + " values");
            }
        }
        byte[] bytes = in.readNBytes((int) count * Float.BYTES);
        if (bytes.length < count * Float.BYTES || in.read() >= 0) {
            throw new IOException(file + " has " + name + " of shape " + Arrays.toString(shape)
                    + " and another number of bytes than that takes");
        }
        double[] values = new double[(int) count];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.setAll(values, i -> buffer.getFloat(i * Float.BYTES));
        return values;
    }
}
