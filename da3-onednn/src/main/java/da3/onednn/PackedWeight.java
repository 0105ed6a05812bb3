package da3.onednn;

import da3.nn.Precision;
import java.util.function.LongConsumer;

/**
 * The values of a weight in a layout that is fast for products, packed again in place after the values have changed.
 */
final class PackedWeight implements AutoCloseable {

    /** Writes the packed values. */
    interface Packer {
        void writeTo(long address);
    }

    /** A source of the values in the checkpoint layout. */
    interface Values {
        /** Passes the address of the values to a function. */
        void passTo(LongConsumer reader);
    }

    final Layout layout;
    final Precision precision;
    private final AlignedBuffer buffer;
    private int version = -1;

    /** @param floats size of the packed values */
    PackedWeight(Layout layout, Precision precision, long floats) {
        this.layout = layout;
        this.precision = precision;
        this.buffer = new AlignedBuffer(floats);
    }

    /** Returns whether the packed values are not those of a version. */
    boolean isStale(int current) {
        return version != current;
    }

    /** Returns the address of the packed values, after packing them if their version is not the current one. */
    long address(int current, Packer packer) {
        if (isStale(current)) {
            packer.writeTo(buffer.address);
            version = current;
        }
        return buffer.address;
    }

    @Override
    public void close() {
        buffer.close();
    }
}
