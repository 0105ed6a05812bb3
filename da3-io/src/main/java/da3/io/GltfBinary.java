package da3.io;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.io.internal.ScenePoints;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Writes primitives with positions, colors and, for meshes, normals and triangles as a binary glTF 2.0 file: a header,
 * a JSON chunk and a binary chunk that the JSON describes. Arrays are streamed, not copied.
 *
 * @see <a href="https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html">glTF 2.0</a>
 */
final class GltfBinary {

    static final int POINTS = 0;
    static final int LINES = 1;
    static final int TRIANGLES = 4;

    private static final int MAGIC = 0x46546C67;
    private static final int VERSION = 2;
    private static final int JSON_CHUNK = 0x4E4F534A;
    private static final int BINARY_CHUNK = 0x004E4942;
    private static final int ARRAY_BUFFER = 34962;
    private static final int ELEMENT_ARRAY_BUFFER = 34963;
    private static final int FLOAT = 5126;
    private static final int UNSIGNED_BYTE = 5121;
    private static final int UNSIGNED_INT = 5125;
    private static final int POSITION_BYTES = 3 * Float.BYTES;
    private static final int COLOR_BYTES = 4;
    private static final int CHUNK = 1 << 13;

    /**
     * A mesh with one primitive, in its own node.
     *
     * @param mode {@link #POINTS}, {@link #LINES} (two vertices per line) or {@link #TRIANGLES}
     * @param vertices at least one
     * @param normals (vertices, 3), of unit length; empty if there are none
     * @param indices of vertices; empty if the vertices are used in their order
     */
    record Primitive(String name, int mode, ScenePoints vertices, Optional<float[]> normals, Optional<int[]> indices) {

        Primitive(String name, int mode, ScenePoints vertices) {
            this(name, mode, vertices, Optional.empty(), Optional.empty());
        }

        long bytes() {
            return (long) (POSITION_BYTES + COLOR_BYTES) * vertices.count()
                    + normals.map(n -> (long) Float.BYTES * n.length).orElse(0L)
                    + indices.map(i -> (long) Integer.BYTES * i.length).orElse(0L);
        }
    }

    private GltfBinary() {}

    /**
     * Writes a file.
     *
     * @param alignment written as {@code hf_alignment}, a 4x4 matrix, into the extras of the scene
     * @throws IllegalArgumentException if the file would exceed 4 GiB
     */
    static void write(OutputStream out, List<Primitive> primitives, Pose alignment) throws IOException {
        byte[] json = json(primitives, alignment).getBytes(StandardCharsets.UTF_8);
        int padding = -json.length & 3;
        long binary = primitives.stream().mapToLong(Primitive::bytes).sum();
        ByteBuffer header = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        long total = 20 + json.length + padding + (binary > 0 ? 8 + binary : 0);
        if (total > 0xffff_ffffL) {
            throw Check.invalid("size of a GLB file", "at most " + 0xffff_ffffL + " bytes", total);
        }
        header.putInt(MAGIC).putInt(VERSION).putInt((int) total);
        header.putInt(json.length + padding).putInt(JSON_CHUNK);
        out.write(header.array());
        out.write(json);
        out.write("   ".getBytes(StandardCharsets.US_ASCII), 0, padding);
        if (binary > 0) {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) binary)
                    .putInt(BINARY_CHUNK)
                    .array());
            for (Primitive primitive : primitives) {
                writeFloats(out, primitive.vertices.positions());
                writeColors(out, primitive.vertices.rgb());
                if (primitive.normals.isPresent()) {
                    writeFloats(out, primitive.normals.get());
                }
                if (primitive.indices.isPresent()) {
                    writeIndices(out, primitive.indices.get());
                }
            }
        }
    }

    private static void writeFloats(OutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += CHUNK) {
            int length = Math.min(CHUNK, values.length - from);
            bytes.asFloatBuffer().put(values, from, length);
            out.write(bytes.array(), 0, length * Float.BYTES);
        }
    }

    private static void writeIndices(OutputStream out, int[] indices) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < indices.length; from += CHUNK) {
            int length = Math.min(CHUNK, indices.length - from);
            bytes.asIntBuffer().put(indices, from, length);
            out.write(bytes.array(), 0, length * Integer.BYTES);
        }
    }

    /** Adds an opaque fourth channel, because glTF aligns vertex attributes to four bytes. */
    private static void writeColors(OutputStream out, byte[] rgb) throws IOException {
        byte[] rgba = new byte[COLOR_BYTES];
        rgba[3] = (byte) 255;
        for (int i = 0; i < rgb.length; i += 3) {
            System.arraycopy(rgb, i, rgba, 0, 3);
            out.write(rgba);
        }
    }

    private static String json(List<Primitive> primitives, Pose alignment) {
        StringJoiner nodes = list();
        StringJoiner indices = list();
        StringJoiner meshes = list();
        Accessors accessors = new Accessors();
        for (int i = 0; i < primitives.size(); i++) {
            Primitive primitive = primitives.get(i);
            nodes.add("{\"name\":\"" + primitive.name + "\",\"mesh\":" + i + "}");
            indices.add(Integer.toString(i));
            meshes.add("{\"primitives\":[{\"mode\":" + primitive.mode + "," + accessors.attributes(primitive) + "}]}");
        }
        String scene = "\"extras\":{\"hf_alignment\":" + matrix(alignment) + "}";
        String start = "{\"asset\":{\"version\":\"2.0\",\"generator\":\"da3-io\"},\"scene\":0,\"scenes\":[{";
        // glTF does not allow empty arrays.
        return primitives.isEmpty()
                ? start + scene + "}]}"
                : start + "\"nodes\":" + indices + "," + scene + "}],\"nodes\":" + nodes + ",\"meshes\":" + meshes
                        + ",\"accessors\":" + accessors.all + ",\"bufferViews\":" + accessors.bufferViews
                        + ",\"buffers\":[{\"byteLength\":" + accessors.end + "}]}";
    }

    /** Builds the accessors, each with its own buffer view, in the order in which the arrays are written. */
    private static final class Accessors {

        private final StringJoiner all = list();
        private final StringJoiner bufferViews = list();
        private int count;
        private long end;

        /** Adds the arrays of a primitive and returns the JSON of its attributes. */
        String attributes(Primitive primitive) {
            int vertices = primitive.vertices.count();
            String form = "\"componentType\":" + FLOAT + ",\"count\":" + vertices + ",\"type\":\"VEC3\"";
            String attributes = "\"attributes\":{\"POSITION\":"
                    + add(form + "," + bounds(primitive.vertices.positions()), POSITION_BYTES, vertices, ARRAY_BUFFER)
                    + ",\"COLOR_0\":"
                    + add(
                            "\"componentType\":" + UNSIGNED_BYTE + ",\"normalized\":true,\"count\":" + vertices
                                    + ",\"type\":\"VEC4\"",
                            COLOR_BYTES,
                            vertices,
                            ARRAY_BUFFER);
            if (primitive.normals.isPresent()) {
                attributes += ",\"NORMAL\":" + add(form, POSITION_BYTES, vertices, ARRAY_BUFFER);
            }
            attributes += "}";
            if (primitive.indices.isPresent()) {
                int indices = primitive.indices.get().length;
                String scalars = "\"componentType\":" + UNSIGNED_INT + ",\"count\":" + indices + ",\"type\":\"SCALAR\"";
                attributes += ",\"indices\":" + add(scalars, Integer.BYTES, indices, ELEMENT_ARRAY_BUFFER);
            }
            return attributes;
        }

        /** Adds an accessor and returns its index. */
        private int add(String description, int bytesEach, int elements, int target) {
            long length = (long) bytesEach * elements;
            all.add("{\"bufferView\":" + count + "," + description + "}");
            bufferViews.add("{\"buffer\":0,\"byteOffset\":" + end + ",\"byteLength\":" + length + ",\"target\":"
                    + target + "}");
            end += length;
            return count++;
        }
    }

    private static StringJoiner list() {
        return new StringJoiner(",", "[", "]");
    }

    private static String bounds(float[] positions) {
        double[] min = new double[3];
        double[] max = new double[3];
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < positions.length; i++) {
            min[i % 3] = Math.min(min[i % 3], positions[i]);
            max[i % 3] = Math.max(max[i % 3], positions[i]);
        }
        return "\"min\":" + Arrays.toString(min) + ",\"max\":" + Arrays.toString(max);
    }

    private static String matrix(Pose pose) {
        StringJoiner rows = list();
        double[] values = pose.toMatrix3x4();
        for (int row = 0; row < 3; row++) {
            rows.add(Arrays.toString(Arrays.copyOfRange(values, 4 * row, 4 * row + 4)));
        }
        return rows.add("[0,0,0,1]").toString();
    }
}
