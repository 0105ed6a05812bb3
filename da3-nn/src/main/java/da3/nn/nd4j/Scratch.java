package da3.nn.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A reusable allocation that grows to the largest requested array; all arrays begin at offset 0. */
final class Scratch {

    private FloatMemory memory;
    private long length;

    /** Returns a dense array of uninitialized values, which shares memory with previous ones. */
    INDArray as(int... shape) {
        long required = Nd.product(shape);
        if (memory == null || length < required) {
            release();
            memory = new FloatMemory(required);
            length = required;
        }
        return Nd.view(memory.buffer, 0, shape);
    }

    /** Releases the memory if it has more than this many floats. */
    void shrinkTo(long floats) {
        if (length > floats) {
            release();
        }
    }

    /** Returns the number of floats held. */
    long length() {
        return length;
    }

    void release() {
        if (memory != null) {
            memory.release();
            memory = null;
            length = 0;
        }
    }
}
