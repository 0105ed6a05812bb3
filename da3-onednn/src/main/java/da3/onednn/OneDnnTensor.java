package da3.onednn;

import da3.nn.Precision;
import da3.nn.Tensor;
import da3.nn.engine.Arena;
import java.util.Arrays;

/** A dense, row-major array in native memory. */
final class OneDnnTensor implements Tensor {

    /** A block of memory and the number of tensors that share it. */
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

    /** Returns the product of all sizes but the last. */
    int rows() {
        return values() / channels();
    }

    int channels() {
        return shape[shape.length - 1];
    }

    /** Returns the address of a value. */
    long at(long offset) {
        return storage.block.memory().address + Float.BYTES * storage.block.offset() + bytes(offset);
    }

    /** Returns the size of a number of values in bytes. */
    long bytes(long values) {
        return precision.bytes() * values;
    }

    /** Returns a row-major layout without gaps in the precision of this tensor. */
    Layout dense(long... sizes) {
        return Layout.dense(sizes).withPrecision(precision);
    }

    /** Returns the layout of rows of a feature map; see {@link Layout#map}. */
    Layout map(long rows, long columns) {
        return Layout.map(rows, columns, channels()).withPrecision(precision);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
