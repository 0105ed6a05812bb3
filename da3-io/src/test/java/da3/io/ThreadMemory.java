package da3.io;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures what the current thread allocates on the heap. */
final class ThreadMemory {

    private ThreadMemory() {}

    /** Returns the number of bytes that the current thread has allocated since its start. */
    static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
