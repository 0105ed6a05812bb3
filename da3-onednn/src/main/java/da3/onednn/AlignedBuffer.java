package da3.onednn;

import org.bytedeco.javacpp.BytePointer;

/** A block of native memory aligned to a cache line. Its contents are uninitialized. */
final class AlignedBuffer implements AutoCloseable {

    private static final int CACHE_LINE = 64; // bytes

    final long address;
    final long floats;
    private final BytePointer memory;

    AlignedBuffer(long floats) {
        this.memory = new BytePointer(4 * floats + CACHE_LINE);
        this.address = (memory.address() + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
        this.floats = floats;
    }

    /** Returns the floats of the cache lines that a number of floats takes. */
    static long wholeLines(long floats) {
        return (floats + CACHE_LINE / 4 - 1) / (CACHE_LINE / 4) * (CACHE_LINE / 4);
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
