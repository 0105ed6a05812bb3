package da3.nn.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Float32 memory of its own, outside the Java heap, with arbitrary values.
 *
 * <p>On the CPU it is taken here and lent to ND4J: ND4J's own allocation writes to all of it, so that memory which is never
 * used is resident nevertheless, and it crashes the process where the system refuses.
 */
final class FloatMemory {

    /** Floats of a cache line. */
    private static final int LINE = 16;

    final DataBuffer buffer;
    final ArrayViews views;
    private final FloatPointer taken; // null where ND4J took the memory

    /** @throws OutOfMemoryError if the system refuses */
    FloatMemory(long length) {
        if (!Backend.isOnHost()) {
            taken = null;
            buffer = Nd4j.createBuffer(DataType.FLOAT, length, false);
            views = new ArrayViews(buffer);
            return;
        }
        taken = new FloatPointer(length + LINE);
        long intoLine = taken.address() / Float.BYTES % LINE;
        FloatPointer aligned = taken.getPointer((LINE - intoLine) % LINE).limit(length);
        buffer = Nd4j.createBuffer(aligned, DataType.FLOAT, length, FloatIndexer.create(aligned));
        views = new ArrayViews(buffer);
    }

    void release() {
        buffer.close();
        if (taken != null) {
            taken.deallocate();
        }
    }
}
