package da3.weights.safetensors;

import da3.geometry.check.Check;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A safetensors file, which is read tensor by tensor. Supports files and tensors beyond 2 GiB. Not thread-safe.
 *
 * <p>The file is not memory-mapped, since truncating a mapped file would crash the process.
 *
 * @see <a href="https://github.com/huggingface/safetensors">the format</a>
 */
public final class SafetensorsFile implements AutoCloseable {

    /** The limit of the format, which also prevents huge allocations for corrupt lengths. */
    private static final long MAX_HEADER_BYTES = 100_000_000;

    private static final int CHUNK_BYTES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final long dataStart;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private SafetensorsFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        long size = channel.size();
        if (size < Long.BYTES) {
            throw new SafetensorsException(
                    PickleFiles.isPickleName(file.toString())
                            ? PickleFiles.errorMessage(file)
                            : file + " has " + size + " bytes, expected at least 8");
        }
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(length, 0);
        long headerBytes = length.getLong(0);
        long maxHeaderBytes = Math.min(MAX_HEADER_BYTES, size - Long.BYTES);
        if (headerBytes < 0 || headerBytes > maxHeaderBytes) {
            if (PickleFiles.isPickleStart(headerBytes) || PickleFiles.isPickleName(file.toString())) {
                throw new SafetensorsException(PickleFiles.errorMessage(file));
            }
            throw new SafetensorsException(Check.message(
                            "header size of " + file,
                            "from 0 to " + maxHeaderBytes + " bytes",
                            Long.toUnsignedString(headerBytes))
                    + " (not a safetensors file, or truncated)");
        }
        dataStart = Long.BYTES + headerBytes;
        header = SafetensorsHeader.parse(new HeaderStream(Long.BYTES, dataStart), size - dataStart, file.toString());
    }

    /**
     * Opens a file and validates its header.
     *
     * @throws SafetensorsException if the file is not valid: sizes, offsets, shapes or names are inconsistent
     */
    public static SafetensorsFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new SafetensorsFile(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    public Path path() {
        return file;
    }

    /** Returns all tensors by name, in the order of the header. */
    public Map<String, TensorInfo> tensors() {
        return header.tensors();
    }

    /** Returns the metadata of the header; official files list there the names of tensors that share storage. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * Reads the values of a tensor into a buffer, row-major and rounded to the nearest float, from its position on.
     *
     * @throws IllegalArgumentException if there is no such tensor or the buffer is too small
     */
    public void readFloats(String name, FloatBuffer into) throws IOException {
        TensorInfo tensor = tensor(name);
        if (into.remaining() < tensor.elements()) {
            throw Check.invalid(
                    "remaining buffer for " + tensor + " in " + file,
                    "at least " + tensor.elements() + " values",
                    into.remaining());
        }
        forEachChunk(tensor, bytes -> tensor.dtype().decode(bytes, into));
    }

    /** Returns the values of a tensor, row-major; at most 2^31 - 1. */
    public double[] readDoubles(String name) throws IOException {
        TensorInfo tensor = tensor(name);
        double[] values = new double[arrayLength(tensor, tensor.elements())];
        int[] next = {0};
        forEachChunk(tensor, bytes -> {
            while (bytes.hasRemaining()) {
                values[next[0]++] = tensor.dtype().nextDouble(bytes);
            }
        });
        return values;
    }

    /**
     * Returns the values of a tensor of integers or booleans (0 and 1), row-major; at most 2^31 - 1.
     *
     * @throws IllegalArgumentException if there is no such tensor or it has a floating-point type
     */
    public long[] readLongs(String name) throws IOException {
        TensorInfo tensor = tensor(name);
        if (tensor.dtype().isFloating()) {
            throw Check.invalid("type of " + tensor + " in " + file, "an integer or boolean type", tensor.dtype());
        }
        long[] values = new long[arrayLength(tensor, tensor.elements())];
        int[] next = {0};
        forEachChunk(tensor, bytes -> {
            while (bytes.hasRemaining()) {
                values[next[0]++] = tensor.dtype().nextLong(bytes);
            }
        });
        return values;
    }

    /** Returns the bytes of a tensor in the file; at most 2^31 - 1. */
    public byte[] readBytes(String name) throws IOException {
        TensorInfo tensor = tensor(name);
        ByteBuffer bytes = ByteBuffer.allocate(arrayLength(tensor, tensor.end() - tensor.begin()));
        forEachChunk(tensor, bytes::put);
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private TensorInfo tensor(String name) {
        TensorInfo tensor = header.tensors().get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(file + " has no tensor " + name);
        }
        return tensor;
    }

    private int arrayLength(TensorInfo tensor, long length) {
        if (length > Integer.MAX_VALUE) {
            throw Check.invalid("array length for " + tensor + " in " + file, "at most 2^31 - 1", length);
        }
        return (int) length;
    }

    @FunctionalInterface
    private interface ChunkReader {
        void accept(ByteBuffer bytes);
    }

    private void forEachChunk(TensorInfo tensor, ChunkReader reader) throws IOException {
        for (long offset = tensor.begin(); offset < tensor.end(); offset += CHUNK_BYTES) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, tensor.end() - offset));
            readFully(chunk, dataStart + offset);
            reader.accept(chunk.flip());
        }
    }

    private void readFully(ByteBuffer into, long position) throws IOException {
        long offset = position;
        while (into.hasRemaining()) {
            int count = channel.read(into, offset);
            if (count < 0) {
                throw new SafetensorsException(file + " ends at byte " + offset + ": it has shrunk while it was read");
            }
            offset += count;
        }
    }

    /** A stream of the bytes of the header, read chunk by chunk. */
    private final class HeaderStream extends InputStream {
        private final long end;
        private long next; // offset of the next chunk in the file

        HeaderStream(long begin, long end) {
            this.next = begin;
            this.end = end;
            chunk.limit(0);
        }

        @Override
        public int read() throws IOException {
            return fill() ? chunk.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, chunk.remaining());
            chunk.get(into, offset, count);
            return count;
        }

        private boolean fill() throws IOException {
            if (!chunk.hasRemaining() && next < end) {
                chunk.clear().limit((int) Math.min(CHUNK_BYTES, end - next));
                readFully(chunk, next);
                next += chunk.flip().remaining();
            }
            return chunk.hasRemaining();
        }
    }
}
