package da3.weights.safetensors;

import java.util.Arrays;

/**
 * Where a tensor of a safetensors file lies.
 *
 * @param shape lengths of the dimensions, slowest first; empty for a scalar
 * @param begin first byte, counted from the end of the header
 * @param end the byte after the last
 */
public record TensorInfo(String name, DType dtype, long[] shape, long begin, long end) {

    /** Number of values. */
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
