package da3.synthetic.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The file format of shards: a header, followed by scenes of equal length. All numbers are little-endian.
 *
 * <pre>
 * header   8 bytes  "DA3SHARD"
 *          int      version, 2; 1 for scenes without objects
 *          int      scenes
 *          int      views of each scene
 *          int      rows
 *          int      columns
 *          int      CRC-32 of the header's bytes before it
 * scene    long     seed
 *          16 bytes family, ASCII, padded with zeros
 *          float    extrinsics (views, 3, 4)
 *          float    intrinsics (views, 3, 3)
 *          float    depth (views, rows, columns)
 *          byte     rgb (views, rows, columns, 3)
 *          byte     objects (views, rows, columns), 0 or 1; absent in version 1
 *          int      CRC-32 of the scene's bytes before it
 * </pre>
 *
 * @param scenes number of scenes
 * @param views number of views of each scene
 * @param rows height of each image
 * @param columns width of each image
 * @param objects whether scenes have objects
 */
record ShardFormat(int scenes, int views, int rows, int columns, boolean objects) {

    static final int FAMILY_BYTES = 16;
    static final int HEADER_BYTES = 32;

    private static final byte[] MAGIC = "DA3SHARD".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;
    private static final int VERSION_WITHOUT_OBJECTS = 1;

    /** @throws IllegalArgumentException if a number is not positive or a scene does not fit into an array */
    ShardFormat {
        double bytes = 8.0 + FAMILY_BYTES + 4 * 21.0 * views + 8.0 * views * rows * columns + 4;
        if (Math.min(Math.min(scenes, views), Math.min(rows, columns)) < 1 || bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "scenes, views, rows and columns must be at least 1, and each scene at most " + Integer.MAX_VALUE
                            + " bytes, got " + scenes + ", " + views + ", " + rows + " and " + columns);
        }
    }

    int sceneBytes() {
        return 8 + FAMILY_BYTES + 4 * 21 * views + (objects ? 8 : 7) * views * rows * columns + 4;
    }

    long position(int scene) {
        return HEADER_BYTES + (long) scene * sceneBytes();
    }

    long fileBytes() {
        return position(scenes);
    }

    ByteBuffer header() {
        ByteBuffer bytes = buffer(HEADER_BYTES);
        bytes.put(MAGIC)
                .putInt(objects ? VERSION : VERSION_WITHOUT_OBJECTS)
                .putInt(scenes)
                .putInt(views)
                .putInt(rows)
                .putInt(columns);
        return bytes.putInt(checksum(bytes)).flip();
    }

    static ShardFormat ofHeader(ByteBuffer bytes, Path file) throws IOException {
        byte[] magic = new byte[MAGIC.length];
        bytes.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException(file + " must be a shard that starts with DA3SHARD, got \""
                    + new String(magic, StandardCharsets.ISO_8859_1).replaceAll("\\P{Print}", "?") + "\"");
        }
        int version = bytes.getInt();
        if (version != VERSION && version != VERSION_WITHOUT_OBJECTS) {
            throw new IOException(file + " must be a shard of version " + VERSION_WITHOUT_OBJECTS + " or " + VERSION
                    + ", got " + version);
        }
        int[] sizes = {bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getInt()};
        int expected = checksum(bytes);
        int stored = bytes.getInt();
        if (stored != expected) {
            throw new IOException("the header of " + file + " must have its stored checksum, "
                    + Integer.toHexString(stored) + ", got " + Integer.toHexString(expected));
        }
        try {
            return new ShardFormat(sizes[0], sizes[1], sizes[2], sizes[3], version == VERSION);
        } catch (IllegalArgumentException e) {
            throw new IOException("the header of " + file + ": " + e.getMessage(), e);
        }
    }

    ByteBuffer encode(ShardScene scene) {
        ByteBuffer bytes = buffer(sceneBytes());
        bytes.putLong(scene.seed());
        bytes.put(scene.family().getBytes(StandardCharsets.US_ASCII)).position(8 + FAMILY_BYTES);
        putFloats(bytes, scene.extrinsics());
        putFloats(bytes, scene.intrinsics());
        putFloats(bytes, scene.depth());
        bytes.put(scene.rgb());
        for (boolean object : scene.objects().orElse(new boolean[0])) {
            bytes.put((byte) (object ? 1 : 0));
        }
        return bytes.putInt(checksum(bytes)).flip();
    }

    /**
     * Reads a scene.
     *
     * @param name names the scene in error messages
     */
    ShardScene decode(ByteBuffer bytes, String name) throws IOException {
        int pixels = views * rows * columns;
        long seed = bytes.getLong();
        byte[] padded = new byte[FAMILY_BYTES];
        bytes.get(padded);
        float[] extrinsics = floats(bytes, 12 * views);
        float[] intrinsics = floats(bytes, 9 * views);
        float[] depth = floats(bytes, pixels);
        byte[] rgb = new byte[3 * pixels];
        bytes.get(rgb);
        Optional<boolean[]> mask = objects ? Optional.of(mask(bytes, pixels)) : Optional.empty();
        int expected = checksum(bytes);
        int stored = bytes.getInt();
        if (stored != expected) {
            throw new IOException(name + " must have its stored checksum, " + Integer.toHexString(stored) + ", got "
                    + Integer.toHexString(expected));
        }
        String family = new String(padded, StandardCharsets.US_ASCII).replace("\0", "");
        try {
            ShardScene scene =
                    new ShardScene(seed, family, views, rows, columns, rgb, depth, extrinsics, intrinsics, mask);
            requireValid(scene);
            return scene;
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Checks the values of a scene.
     *
     * @throws IllegalArgumentException if a depth is negative, or a depth or camera is not finite
     */
    static void requireValid(ShardScene scene) {
        for (float depth : scene.depth()) {
            if (!(depth >= 0 && depth < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("depth must be finite and at least 0, got " + depth);
            }
        }
        requireFinite("extrinsics", scene.extrinsics());
        requireFinite("intrinsics", scene.intrinsics());
    }

    private static void requireFinite(String name, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException(name + " must be finite, got " + value);
            }
        }
    }

    private static boolean[] mask(ByteBuffer bytes, int count) {
        boolean[] mask = new boolean[count];
        for (int i = 0; i < count; i++) {
            mask[i] = bytes.get() != 0;
        }
        return mask;
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the CRC-32 of the bytes before the position of the buffer. */
    private static int checksum(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.array(), 0, bytes.position());
        return (int) crc.getValue();
    }

    private static void putFloats(ByteBuffer bytes, float[] values) {
        bytes.asFloatBuffer().put(values);
        bytes.position(bytes.position() + 4 * values.length);
    }

    private static float[] floats(ByteBuffer bytes, int count) {
        float[] values = new float[count];
        bytes.asFloatBuffer().get(values);
        bytes.position(bytes.position() + 4 * count);
        return values;
    }
}
