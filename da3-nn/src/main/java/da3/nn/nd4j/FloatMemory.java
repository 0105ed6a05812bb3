package da3.nn.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An allocation of uninitialized float32 memory outside the Java heap.
 *
 * <p>On the CPU, the memory is allocated here and wrapped for ND4J. An allocation by ND4J would write to all of it,
 * which makes unused memory resident, and would crash the process if the system has no memory.
 */
final class FloatMemory {

    /** Floats in a cache line. */
    private static final int CACHE_LINE = 16;

    final DataBuffer buffer;
    final ArrayViews views;
    private final FloatPointer allocated; // null if ND4J allocated the memory

    /** @throws OutOfMemoryError if the system has no memory */
    FloatMemory(long length) {
        if (!Backend.isOnHost()) {
            allocated = null;
            buffer = Nd4j.createBuffer(DataType.FLOAT, length, false);
            views = new ArrayViews(buffer);
            return;
        }
        allocated = new FloatPointer(length + CACHE_LINE);
        long lineOffset = allocated.address() / Float.BYTES % CACHE_LINE;
        FloatPointer aligned =
                allocated.getPointer((CACHE_LINE - lineOffset) % CACHE_LINE).limit(length);
        buffer = Nd4j.createBuffer(aligned, DataType.FLOAT, length, FloatIndexer.create(aligned));
        views = new ArrayViews(buffer);
    }

    void release() {
        buffer.close();
        if (allocated != null) {
            allocated.deallocate();
        }
    }
}
