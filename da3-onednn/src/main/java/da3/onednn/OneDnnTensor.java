package da3.onednn;

import da3.nn.Tensor;
import da3.nn.engine.Arena;
import java.util.Arrays;

/** A dense, row-major float32 array in native memory. */
final class OneDnnTensor implements Tensor {

    /** A block of memory and how many tensors look at it. */
    static final class Storage {
        final Arena.Block<Slab> block;
        int users;

        Storage(Arena.Block<Slab> block) {
            this.block = block;
        }
    }

    final Storage storage;
    final int[] shape;

    OneDnnTensor(Storage storage, int... shape) {
        this.storage = storage;
        this.shape = shape;
        storage.users++;
    }

    @Override
    public int[] shape() {
        return shape;
    }

    static int product(int... shape) {
        int n = 1;
        for (int s : shape) {
            n = Math.multiplyExact(n, s);
        }
        return n;
    }

    int values() {
        return product(shape);
    }

    /** Product of all sizes but the last. */
    int rows() {
        return values() / channels();
    }

    int channels() {
        return shape[shape.length - 1];
    }

    /** Where value {@code offset} is. */
    long at(long offset) {
        return storage.block.memory().address + 4 * (storage.block.offset() + offset);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
