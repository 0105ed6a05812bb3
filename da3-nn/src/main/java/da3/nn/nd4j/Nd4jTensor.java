package da3.nn.nd4j;

import da3.nn.Tensor;
import da3.nn.engine.Arena;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense, row-major float32 array. */
final class Nd4jTensor implements Tensor {

    /** A block of memory and the number of tensors that share it. */
    static final class Storage {
        final Arena.Block<FloatMemory> block;
        int users;

        Storage(Arena.Block<FloatMemory> block) {
            this.block = block;
        }
    }

    final Storage storage;
    final int[] shape;
    final INDArray array;

    Nd4jTensor(Storage storage, int... shape) {
        this.storage = storage;
        this.shape = shape;
        this.array = part(0, shape);
        storage.users++;
    }

    /**
     * Returns a live tensor of this engine; null for null.
     *
     * @throws IllegalStateException if the tensor was released or its scope has closed
     */
    static Nd4jTensor of(Tensor tensor) {
        Nd4jTensor t = (Nd4jTensor) tensor;
        if (t != null && t.storage.users == 0) {
            throw new IllegalStateException(t + " was released: its scope is closed");
        }
        return t;
    }

    @Override
    public int[] shape() {
        return shape;
    }

    int size() {
        return Nd.product(shape);
    }

    /** Returns the product of all sizes but the last. */
    int rows() {
        return size() / shape[shape.length - 1];
    }

    int channels() {
        return shape[shape.length - 1];
    }

    /** Returns the values as a matrix of {@link #rows()} by {@link #channels()}. */
    INDArray matrix() {
        return as(rows(), channels());
    }

    /** Returns all values, row-major. */
    float[] download() {
        return HostAccess.read(as(size()));
    }

    /** Returns the values in another shape. */
    INDArray as(int... shape) {
        return part(0, shape);
    }

    /** Returns some of the values as a dense array, beginning at an offset. */
    INDArray part(long offset, int... shape) {
        return storage.block.memory().views.dense(storage.block.offset() + offset, shape);
    }

    /** Returns a range of columns of the values, seen as a matrix of {@code columns} columns. */
    INDArray columns(int rows, int columns, int from, int count) {
        return strided(from, new int[] {rows, count}, new int[] {columns, 1});
    }

    /** Returns some of the values as a strided array, beginning at an offset. */
    INDArray strided(long offset, int[] shape, int[] strides) {
        return storage.block.memory().views.strided(storage.block.offset() + offset, shape, strides);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
