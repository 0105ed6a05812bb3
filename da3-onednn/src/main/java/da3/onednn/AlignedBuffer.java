package da3.onednn;

import org.bytedeco.javacpp.BytePointer;

/** One allocation of native memory that begins at a cache line. Its values are arbitrary. */
final class AlignedBuffer implements AutoCloseable {

    private static final int LINE = 64;

    final long address;
    final long floats;
    private final BytePointer memory;

    AlignedBuffer(long floats) {
        this.memory = new BytePointer(4 * floats + LINE);
        this.address = (memory.address() + LINE - 1) / LINE * LINE;
        this.floats = floats;
    }

    boolean isClosed() {
        return memory.isNull();
    }

    @Override
    public void close() {
        memory.deallocate();
        memory.setNull();
    }
}
