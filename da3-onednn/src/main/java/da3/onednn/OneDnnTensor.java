package da3.onednn;

import da3.nn.Precision;
import da3.nn.Tensor;
import da3.nn.engine.Arena;
import java.util.Arrays;

/** A dense, row-major array in native memory. */
final class OneDnnTensor implements Tensor {

    /** A block of memory and how many tensors look at it. */
    static final class Storage {
        final Arena.Block<AlignedBuffer> block;
        int users;

        Storage(Arena.Block<AlignedBuffer> block) {
            this.block = block;
        }
    }

    final Storage storage;
    final Precision precision;
    final int[] shape;

    OneDnnTensor(Storage storage, Precision precision, int... shape) {
        this.storage = storage;
        this.precision = precision;
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
        return storage.block.memory().address + Float.BYTES * storage.block.offset() + bytes(offset);
    }

    /** That so many values take. */
    long bytes(long values) {
        return precision.bytes() * values;
    }

    /** How some of the values lie, row-major and without gaps. */
    Layout dense(long... sizes) {
        return Layout.dense(sizes).in(precision);
    }

    /** How rows of an image lie; see {@link Layout#map}. */
    Layout map(long rows, long columns) {
        return Layout.map(rows, columns, channels()).in(precision);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
