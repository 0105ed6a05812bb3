package da3.weights;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes safetensors files; equal tensors give equal bytes. */
public final class SafetensorsWriter {

    private static final int CHUNK_BYTES = 1 << 20;

    private SafetensorsWriter() {}

    /**
     * A tensor to write.
     *
     * @param shape lengths of the dimensions, slowest first; empty for a scalar
     * @param values row-major: float[] for F32, double[] for F64, long[] for I64, byte[] for U8
     */
    public record Entry(DType dtype, long[] shape, Object values) {

        public Entry {
            long elements = 1;
            for (long length : shape) {
                elements = Math.multiplyExact(elements, length);
            }
            int found = length(dtype, values);
            if (found != elements) {
                throw new IllegalArgumentException(
                        "tensor of shape " + Arrays.toString(shape) + " has " + found + " values; legal: " + elements);
            }
        }

        public static Entry floats(float[] values, long... shape) {
            return new Entry(DType.F32, shape, values);
        }

        public static Entry doubles(double[] values, long... shape) {
            return new Entry(DType.F64, shape, values);
        }

        public static Entry longs(long[] values, long... shape) {
            return new Entry(DType.I64, shape, values);
        }

        public static Entry bytes(byte[] values, long... shape) {
            return new Entry(DType.U8, shape, values);
        }

        private static int length(DType dtype, Object values) {
            if (dtype == DType.F32 && values instanceof float[] floats) {
                return floats.length;
            } else if (dtype == DType.F64 && values instanceof double[] doubles) {
                return doubles.length;
            } else if (dtype == DType.I64 && values instanceof long[] longs) {
                return longs.length;
            } else if (dtype == DType.U8 && values instanceof byte[] bytes) {
                return bytes.length;
            }
            throw new IllegalArgumentException("tensor of " + dtype + " has values in a "
                    + values.getClass().getSimpleName()
                    + "; legal: F32 float[], F64 double[], I64 long[], U8 byte[]");
        }

        private int length() {
            return length(dtype, values);
        }

        private void put(ByteBuffer into, int from, int count) {
            switch (dtype) {
                case F32 -> into.asFloatBuffer().put((float[]) values, from, count);
                case F64 -> into.asDoubleBuffer().put((double[]) values, from, count);
                case I64 -> into.asLongBuffer().put((long[]) values, from, count);
                default -> into.duplicate().put((byte[]) values, from, count);
            }
        }
    }

    /**
     * Writes a file that is either complete or not there: a failure leaves what was at this path before.
     *
     * @param metadata free texts for the header; may be empty
     */
    public static void write(Path file, Map<String, Entry> tensors, Map<String, String> metadata) throws IOException {
        // Widest type first keeps every tensor aligned to its elements, as the official writer does.
        List<Map.Entry<String, Entry>> ordered = new ArrayList<>(tensors.entrySet());
        ordered.sort(Comparator.comparingInt(
                        (Map.Entry<String, Entry> e) -> -e.getValue().dtype().bytes())
                .thenComparing(Map.Entry::getKey));
        byte[] header = header(ordered, metadata);
        Path target = file.toAbsolutePath();
        Path partial = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                writeAll(channel, header, ordered);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static byte[] header(List<Map.Entry<String, Entry>> tensors, Map<String, String> metadata)
            throws IOException {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject(SafetensorsHeader.METADATA);
            metadata.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> texts.put(e.getKey(), e.getValue()));
        }
        long offset = 0;
        for (Map.Entry<String, Entry> tensor : tensors) {
            if (tensor.getKey().equals(SafetensorsHeader.METADATA)) {
                throw new IllegalArgumentException("a tensor cannot be called " + SafetensorsHeader.METADATA);
            }
            Entry entry = tensor.getValue();
            ObjectNode node = root.putObject(tensor.getKey());
            node.put("dtype", entry.dtype().name());
            ArrayNode shape = node.putArray("shape");
            Arrays.stream(entry.shape()).forEach(shape::add);
            long end = offset + (long) entry.length() * entry.dtype().bytes();
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = mapper.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        // Spaces up to a multiple of 8, so that the data is aligned in the file.
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static void writeAll(FileChannel channel, byte[] header, List<Map.Entry<String, Entry>> tensors)
            throws IOException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        chunk.putLong(header.length).flip();
        writeFully(channel, chunk);
        writeFully(channel, ByteBuffer.wrap(header));
        for (Map.Entry<String, Entry> tensor : tensors) {
            Entry entry = tensor.getValue();
            int width = entry.dtype().bytes();
            int step = CHUNK_BYTES / width;
            for (int from = 0; from < entry.length(); from += step) {
                int count = Math.min(step, entry.length() - from);
                chunk.clear().limit(count * width);
                entry.put(chunk, from, count);
                writeFully(channel, chunk);
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
