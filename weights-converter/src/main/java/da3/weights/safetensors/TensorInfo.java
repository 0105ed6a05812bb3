package da3.weights.safetensors;

import java.util.Arrays;

/**
 * The description of a tensor in a safetensors file.
 *
 * @param shape lengths of the dimensions, slowest first; empty for a scalar
 * @param begin offset of the first byte in the data after the header
 * @param end offset after the last byte
 */
public record TensorInfo(String name, DType dtype, long[] shape, long begin, long end) {

    /** Returns the number of values. */
    public long elements() {
        return (end - begin) / dtype.bytes();
    }

    public boolean hasShape(int... expected) {
        return Arrays.equals(shape, Arrays.stream(expected).asLongStream().toArray());
    }

    @Override
    public String toString() {
        return name + " " + dtype + " " + Arrays.toString(shape);
    }
}
