package da3.nn.nd4j;

import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A buffer that grows to the largest array it was asked for; arrays begin where it begins. */
final class Scratch {

    private DataBuffer buffer;

    /** A dense array of arbitrary values; it overwrites the last one. */
    INDArray as(int... shape) {
        long length = Nd.product(shape);
        if (buffer == null || buffer.length() < length) {
            release();
            buffer = Nd4j.createBuffer(DataType.FLOAT, length, false);
        }
        return Nd.view(buffer, 0, shape);
    }

    /** Floats held. */
    long length() {
        return buffer == null ? 0 : buffer.length();
    }

    void release() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
    }
}
