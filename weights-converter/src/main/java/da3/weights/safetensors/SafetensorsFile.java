package da3.weights.safetensors;

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
 * A safetensors file, read tensor by tensor; files and tensors beyond 2 GiB are fine. Not thread-safe.
 *
 * <p>The file is read, never mapped: a mapped file that shrinks kills the process, a read one gives an exception.
 *
 * @see <a href="https://github.com/huggingface/safetensors">the format</a>
 */
public final class SafetensorsFile implements AutoCloseable {

    /** The format's own limit, which keeps a damaged length from asking for all memory. */
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
                    PickleFiles.isNamedLikeOne(file.toString())
                            ? PickleFiles.refusal(file)
                            : file + " has " + size + " bytes; a safetensors file has at least 8");
        }
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(length, 0);
        long headerBytes = length.getLong(0);
        long legal = Math.min(MAX_HEADER_BYTES, size - Long.BYTES);
        if (headerBytes < 0 || headerBytes > legal) {
            if (PickleFiles.begins(headerBytes) || PickleFiles.isNamedLikeOne(file.toString())) {
                throw new SafetensorsException(PickleFiles.refusal(file));
            }
            throw new SafetensorsException(file + " states a header of " + Long.toUnsignedString(headerBytes)
                    + " bytes; legal: 0 to " + legal + " (not a safetensors file, or cut short)");
        }
        dataStart = Long.BYTES + headerBytes;
        header = SafetensorsHeader.parse(new Section(Long.BYTES, dataStart), size - dataStart, file.toString());
    }

    /**
     * Opens a file and checks its whole header.
     *
     * @throws SafetensorsException if the file is not well-formed: lengths, offsets, shapes or names that disagree
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

    /** All tensors by name, in the header's order. */
    public Map<String, TensorInfo> tensors() {
        return header.tensors();
    }

    /** The header's free texts; official files name there which tensors share storage. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * Writes a tensor's values, row-major and rounded to the nearest float, from the buffer's position on.
     *
     * @throws IllegalArgumentException if there is no such tensor or the buffer has too little room for it
     */
    public void readFloats(String name, FloatBuffer into) throws IOException {
        TensorInfo tensor = tensor(name);
        if (into.remaining() < tensor.elements()) {
            throw new IllegalArgumentException("buffer has room for " + into.remaining() + " values; " + tensor + " in "
                    + file + " has " + tensor.elements());
        }
        forEachChunk(tensor, bytes -> tensor.dtype().decode(bytes, into));
    }

    /** A tensor's values, row-major, at most 2^31 - 1 of them. */
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
     * The values of a tensor of whole numbers or booleans (0 and 1), row-major, at most 2^31 - 1 of them.
     *
     * @throws IllegalArgumentException if there is no such tensor or it holds floating-point numbers
     */
    public long[] readLongs(String name) throws IOException {
        TensorInfo tensor = tensor(name);
        if (tensor.dtype().isFloating()) {
            throw new IllegalArgumentException(tensor + " in " + file + " does not hold whole numbers");
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

    /** A tensor's bytes as they lie in the file, at most 2^31 - 1 of them. */
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
            throw new IllegalArgumentException(
                    tensor + " in " + file + " needs an array of length " + length + "; legal: up to 2^31 - 1");
        }
        return (int) length;
    }

    @FunctionalInterface
    private interface ChunkReader {
        void accept(ByteBuffer bytes);
    }

    private void forEachChunk(TensorInfo tensor, ChunkReader reader) throws IOException {
        for (long at = tensor.begin(); at < tensor.end(); at += CHUNK_BYTES) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, tensor.end() - at));
            readFully(chunk, dataStart + at);
            reader.accept(chunk.flip());
        }
    }

    private void readFully(ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw new SafetensorsException(file + " ended at byte " + at + " while it was read; it has shrunk");
            }
            at += count;
        }
    }

    /** The file's bytes from one position to another, read chunk by chunk. */
    private final class Section extends InputStream {
        private final long end;
        private long next; // of the file, where the next chunk begins

        Section(long begin, long end) {
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
