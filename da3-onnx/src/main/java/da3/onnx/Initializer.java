package da3.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/**
 * A constant tensor of a model. Its values are computed when they are written.
 *
 * @param values little-endian values, row-major
 */
record Initializer(String name, ElementType type, int[] shape, Supplier<ByteBuffer> values) {

    static Initializer ofFloats(String name, Supplier<float[]> values, int... shape) {
        return new Initializer(name, ElementType.FLOAT, shape, () -> {
            float[] floats = values.get();
            ByteBuffer bytes = buffer(Float.BYTES * floats.length);
            bytes.asFloatBuffer().put(floats);
            return bytes;
        });
    }

    static Initializer ofBytes(String name, Supplier<byte[]> values, int... shape) {
        return new Initializer(name, ElementType.INT8, shape, () -> ByteBuffer.wrap(values.get()));
    }

    /** Returns a vector of integers, for instance a shape. */
    static Initializer ofLongs(String name, long... values) {
        return new Initializer(name, ElementType.INT64, new int[] {values.length}, () -> {
            ByteBuffer bytes = buffer(Long.BYTES * values.length);
            bytes.asLongBuffer().put(values);
            return bytes;
        });
    }

    /** Returns the size of the values in bytes. */
    long bytes() {
        long bytes = type.bytes();
        for (int size : shape) {
            bytes = Math.multiplyExact(bytes, size);
        }
        return bytes;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
