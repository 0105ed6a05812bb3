package da3.weights.safetensors;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.files.PartialOutput;
import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes a safetensors file as a stream: first the header, then the values of each tensor. The output is deterministic.
 *
 * <p>Writing is atomic: values go to a temporary file in the same folder, which {@link #commit} renames and
 * {@link #close} deletes otherwise.
 */
public final class SafetensorsWriter implements AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 20;

    private final Path target;
    private final PartialOutput partial;
    private final List<TensorInfo> tensors;
    private final FileChannel channel;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long dataBytes; // written so far

    private SafetensorsWriter(Path file, List<TensorInfo> tensors) throws IOException {
        this.target = file.toAbsolutePath();
        this.partial = PartialOutput.beside(target);
        this.tensors = tensors;
        try {
            this.channel = FileChannel.open(partial.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            partial.close();
            throw e;
        }
    }

    /**
     * The description of a tensor to write.
     *
     * @param shape lengths of the dimensions, slowest first; empty for a scalar
     */
    public record Slot(String name, DType dtype, long[] shape) {}

    /**
     * A tensor with values in an array.
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
                throw Check.invalid(
                        "number of values of a tensor of shape " + Arrays.toString(shape),
                        String.valueOf(elements),
                        found);
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
            throw Check.invalid(
                    "values of a tensor of " + dtype,
                    "float[] for F32, double[] for F64, long[] for I64 or byte[] for U8",
                    values.getClass().getSimpleName());
        }

        /** Returns a reader of the values in their order. */
        private Values reader() {
            int[] next = {0};
            return into -> {
                int count = into.remaining() / dtype.bytes();
                switch (dtype) {
                    case F32 -> into.asFloatBuffer().put((float[]) values, next[0], count);
                    case F64 -> into.asDoubleBuffer().put((double[]) values, next[0], count);
                    case I64 -> into.asLongBuffer().put((long[]) values, next[0], count);
                    default -> into.duplicate().put((byte[]) values, next[0], count);
                }
                into.position(into.limit());
                next[0] += count;
            };
        }
    }

    /** Fills a buffer with the next little-endian bytes of a tensor; its size is a multiple of the element size. */
    @FunctionalInterface
    public interface Values {
        void next(ByteBuffer into) throws IOException;
    }

    /**
     * Begins a file.
     *
     * @param metadata text entries of the header; may be empty
     * @throws IllegalArgumentException if a name is not unique or that of the metadata
     */
    public static SafetensorsWriter begin(Path file, Collection<Slot> slots, Map<String, String> metadata)
            throws IOException {
        List<TensorInfo> tensors = layOut(slots);
        byte[] header = header(tensors, metadata);
        SafetensorsWriter writer = new SafetensorsWriter(file, tensors);
        try {
            writer.chunk.putLong(header.length).flip();
            writer.writeFully(writer.chunk);
            writer.writeFully(ByteBuffer.wrap(header));
            return writer;
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /** Returns the tensors in the order in which their values must be written. */
    public List<TensorInfo> tensors() {
        return tensors;
    }

    /**
     * Writes the values of the next tensor of {@link #tensors()}.
     *
     * @throws IllegalArgumentException if it is not the next tensor
     */
    public void put(TensorInfo tensor, Values values) throws IOException {
        if (tensor.begin() != dataBytes || !tensors.contains(tensor)) {
            throw Check.invalid("offset of " + tensor, dataBytes + ", the next to write", tensor.begin());
        }
        int step = CHUNK_BYTES / tensor.dtype().bytes() * tensor.dtype().bytes();
        while (dataBytes < tensor.end()) {
            chunk.clear().limit((int) Math.min(step, tensor.end() - dataBytes));
            values.next(chunk);
            if (chunk.hasRemaining()) {
                throw new IllegalArgumentException(tensor + " lacks " + chunk.remaining() + " bytes of values");
            }
            dataBytes += chunk.flip().remaining();
            writeFully(chunk);
        }
    }

    /**
     * Completes the file and moves it to its target, replacing an existing file.
     *
     * @throws IllegalStateException if values are missing
     */
    public void commit() throws IOException {
        long expected = tensors.isEmpty() ? 0 : tensors.get(tensors.size() - 1).end();
        if (dataBytes != expected) {
            throw new IllegalStateException(
                    Check.message("size of the values of " + target, expected + " bytes", dataBytes));
        }
        channel.close();
        partial.commit();
    }

    /** Deletes the temporary file, unless it was committed. */
    @Override
    public void close() throws IOException {
        channel.close();
        partial.close();
    }

    /** Writes a whole file at once, with the same guarantees. */
    public static void write(Path file, Map<String, Entry> tensors, Map<String, String> metadata) throws IOException {
        List<Slot> slots = new ArrayList<>();
        tensors.forEach((name, entry) -> slots.add(new Slot(name, entry.dtype(), entry.shape())));
        try (SafetensorsWriter writer = begin(file, slots, metadata)) {
            for (TensorInfo tensor : writer.tensors()) {
                writer.put(tensor, tensors.get(tensor.name()).reader());
            }
            writer.commit();
        }
    }

    private static List<TensorInfo> layOut(Collection<Slot> slots) {
        // the largest types first, like the official library, which aligns all tensors to their element sizes
        List<Slot> ordered = new ArrayList<>(slots);
        ordered.sort(
                Comparator.comparingInt((Slot slot) -> -slot.dtype().bytes()).thenComparing(Slot::name));
        List<TensorInfo> tensors = new ArrayList<>();
        long offset = 0;
        for (Slot slot : ordered) {
            long bytes = slot.dtype().bytes();
            for (long length : slot.shape()) {
                bytes = Math.multiplyExact(bytes, length);
            }
            tensors.add(new TensorInfo(slot.name(), slot.dtype(), slot.shape(), offset, offset + bytes));
            offset += bytes;
        }
        return List.copyOf(tensors);
    }

    private static byte[] header(List<TensorInfo> tensors, Map<String, String> metadata) throws IOException {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject(SafetensorsHeader.METADATA);
            metadata.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> texts.put(e.getKey(), e.getValue()));
        }
        for (TensorInfo tensor : tensors) {
            if (tensor.name().equals(SafetensorsHeader.METADATA) || root.has(tensor.name())) {
                throw Check.invalid("tensor name", "unique and not " + SafetensorsHeader.METADATA, tensor.name());
            }
            ObjectNode node = root.putObject(tensor.name());
            node.put("dtype", tensor.dtype().name());
            ArrayNode shape = node.putArray("shape");
            Arrays.stream(tensor.shape()).forEach(shape::add);
            node.putArray("data_offsets").add(tensor.begin()).add(tensor.end());
        }
        byte[] json = mapper.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        // spaces up to a multiple of 8 align the data in the file
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
