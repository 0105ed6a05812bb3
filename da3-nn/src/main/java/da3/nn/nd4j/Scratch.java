package da3.nn.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** TensorMemory that grows to the largest array it was asked for; arrays begin where it begins. */
final class Scratch {

    private FloatMemory memory;
    private long length;

    /** A dense array of arbitrary values; it overwrites the last one. */
    INDArray as(int... shape) {
        long wanted = Nd.product(shape);
        if (memory == null || length < wanted) {
            release();
            memory = new FloatMemory(wanted);
            length = wanted;
        }
        return Nd.view(memory.buffer, 0, shape);
    }

    /** Releases what is held if it is more than so many floats. */
    void shrinkTo(long floats) {
        if (length > floats) {
            release();
        }
    }

    /** Floats held. */
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
