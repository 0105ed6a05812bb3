package da3.onednn;

import da3.nn.Precision;

/** A weight's values in a layout that products like, packed anew in place whenever the values have changed. */
final class PackedWeight implements AutoCloseable {

    /** Writes the values where they belong. */
    interface Packer {
        void writeTo(long address);
    }

    final Layout layout;
    final Precision precision;
    private final AlignedBuffer slab;
    private int version = -1;

    /** @param floats that the packed values take */
    PackedWeight(Layout layout, Precision precision, long floats) {
        this.layout = layout;
        this.precision = precision;
        this.slab = new AlignedBuffer(floats);
    }

    /** Where the packed values of the weight's {@code current} version are. */
    long address(int current, Packer packer) {
        if (version != current) {
            packer.writeTo(slab.address);
            version = current;
        }
        return slab.address;
    }

    @Override
    public void close() {
        slab.close();
    }
}
