package da3.nn.shape;

import da3.nn.Precision;
import da3.nn.Tensor;
import da3.nn.engine.Arena;
import java.util.Arrays;

/** A tensor with a shape and a precision, but without values. */
public final class ShapeTensor implements Tensor {

    /** The memory that a tensor would occupy, and the number of tensors that share it. */
    static final class Storage {
        final Arena.Block<Object> block;
        int users;

        Storage(Arena.Block<Object> block) {
            this.block = block;
        }
    }

    final Storage storage;
    private final Precision precision;
    private final int[] shape;

    ShapeTensor(Storage storage, Precision precision, int... shape) {
        this.storage = storage;
        this.precision = precision;
        this.shape = shape;
        storage.users++;
    }

    /**
     * Returns a live tensor of a shape-only engine; null for null.
     *
     * @throws IllegalStateException if the tensor was released or its scope has closed
     */
    static ShapeTensor of(Tensor tensor) {
        ShapeTensor t = (ShapeTensor) tensor;
        if (t != null && t.storage.users == 0) {
            throw new IllegalStateException(t + " was released: its scope is closed");
        }
        return t;
    }

    @Override
    public int[] shape() {
        return shape;
    }

    public Precision precision() {
        return precision;
    }

    /** Returns the number of values. */
    public long values() {
        return product(shape);
    }

    /** Returns the number of values of a shape. */
    static long product(int... shape) {
        long n = 1;
        for (int size : shape) {
            n = Math.multiplyExact(n, size);
        }
        return n;
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
