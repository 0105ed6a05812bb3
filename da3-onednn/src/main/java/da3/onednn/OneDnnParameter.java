package da3.onednn;

import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.WeightSource;
import java.util.function.LongConsumer;

/**
 * A weight, laid out for its use when it is first used, once for the forward pass and once for the backward pass.
 *
 * <p>Assigned values are kept as they are in the checkpoint; what is packed from them is stale until its next use. The
 * matrices of trained weights are not packed: the values change at every step, and a product of some hundred rows packs
 * what it needs while it runs, at the cost of a few percent of its time.
 */
final class OneDnnParameter implements Parameter {

    private final WeightSource source;
    private final String name;
    private final Role role;
    private final int[] shape;
    private final boolean trained;
    private AlignedBuffer values; // as in the checkpoint; null for packed weights until they are assigned
    private PackedWeight forward; // null until first used, as is the next
    private PackedWeight backward;
    private int version;

    /** @param trained whether the values are expected to change at every step */
    OneDnnParameter(WeightSource source, String name, Role role, boolean trained, int... shape) {
        this.source = source;
        this.name = name;
        this.role = role;
        this.trained = trained;
        this.shape = shape;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int[] shape() {
        return shape;
    }

    int values() {
        return OneDnnTensor.product(shape);
    }

    /** @throws IllegalArgumentException if it has more or fewer */
    void requireValues(int wanted) {
        if (values() != wanted) {
            throw new IllegalArgumentException(name + " has " + values() + " values; legal: " + wanted);
        }
    }

    /** Replaces the values. */
    void assign(float[] replacement) {
        requireValues(replacement.length);
        if (values == null) {
            values = new AlignedBuffer(values());
        }
        NativeAddress.write(replacement, values.address);
        version++;
    }

    /** Where the values are, as in the checkpoint, to be changed there. */
    long changing() {
        version++;
        return plain();
    }

    /** Where the values are, as in the checkpoint; for plain parameters and those that are trained. */
    long plain() {
        if (values == null) {
            AlignedBuffer plain = new AlignedBuffer(values());
            read(plain.address);
            values = plain;
        }
        return values.address;
    }

    /** Copies the values, as in the checkpoint. */
    void copyTo(long address) {
        if (role == Role.PLAIN || values != null) {
            NativeAddress.copy(plain(), address, 4L * values());
        } else {
            read(address);
        }
    }

    private void read(long address) {
        source.read(name, shape, NativeAddress.floats(address, values()));
    }

    /** Shows the values, as in the checkpoint, to what packs them. */
    private void show(ExecutionContext context, LongConsumer packer) {
        if (values != null) {
            packer.accept(values.address);
            return;
        }
        try (var scope = context.memory().scope()) {
            OneDnnTensor copy = context.memory().tensor(values());
            read(copy.at(0));
            packer.accept(copy.at(0));
        }
    }

    /** A factor of products: where its values are, in which layout and precision. */
    record Factor(long address, Layout layout, Precision precision) {

        /** Whether products need not pack the values anew. */
        boolean isPacked() {
            return layout.isPacked();
        }
    }

    private boolean staysPlain(Precision precision) {
        return trained && precision == Precision.FLOAT32;
    }

    /** (out, in) as the right factor (in, out) of a product; the first use decides on the precision. */
    Factor matrix(ExecutionContext context, Precision precision) {
        int out = shape[0];
        int in = values() / out;
        Layout checkpoint = Layout.strided(new long[] {in, out}, 1, in);
        if (staysPlain(precision)) {
            return new Factor(plain(), checkpoint, precision);
        }
        if (forward == null) {
            forward = packing(context.kernels().packedMatrix(in, out, precision), precision);
        }
        return packed(context, forward, checkpoint);
    }

    /** (out, in) as the right factor (out, in) of a product with gradients; the first use decides on the precision. */
    Factor transposedMatrix(ExecutionContext context, Precision precision) {
        int out = shape[0];
        int in = values() / out;
        Layout checkpoint = Layout.dense(out, in);
        if (staysPlain(precision)) {
            return new Factor(plain(), checkpoint, precision);
        }
        if (backward == null) {
            backward = packing(context.kernels().packedMatrix(out, in, precision), precision);
        }
        return packed(context, backward, checkpoint);
    }

    private static PackedWeight packing(Layout layout, Precision precision) {
        return new PackedWeight(layout, precision, layout.floats());
    }

    private Factor packed(ExecutionContext context, PackedWeight packing, Layout checkpoint) {
        long address = packing.address(
                version,
                to -> show(context, from -> context.kernels()
                        .reorder(checkpoint, packing.layout)
                        .run(0, from, to)));
        return new Factor(address, packing.layout, packing.precision);
    }

    /**
     * (out, in, 3, 3) in a layout that a convolution wants. The first wanted is kept; should another size of map want
     * another, it is a copy in the innermost scope.
     */
    long convolution(ExecutionContext context, Layout wanted) {
        if (forward == null) {
            forward = packing(wanted, context.precision());
        }
        return in(context, wanted, packed(context, forward, Layout.dense(shape[0], shape[1], 3, 3)));
    }

    /** As {@link #convolution}, for oneDNN's gradient of a convolution. */
    long convolutionGradient(ExecutionContext context, Layout wanted) {
        if (backward == null) {
            backward = packing(wanted, context.precision());
        }
        return in(context, wanted, packed(context, backward, Layout.dense(shape[0], shape[1], 3, 3)));
    }

    private static long in(ExecutionContext context, Layout wanted, Factor kept) {
        if (wanted.equals(kept.layout)) {
            return kept.address;
        }
        OneDnnTensor copy = context.memory().tensor(Math.toIntExact(wanted.floats()));
        context.kernels().reorder(kept.layout, wanted).run(0, kept.address, copy.at(0));
        return copy.at(0);
    }

    /** (in, out, k, k): row {@code dy} of all kernels as the right factor (in, k x out) of a product. */
    Factor transposed(ExecutionContext context, int dy) {
        int in = shape[0];
        int out = shape[1];
        int k = shape[2];
        if (forward == null) {
            Layout row = context.kernels().packedMatrix(in, (long) k * out, context.precision());
            forward = new PackedWeight(row, context.precision(), k * rowFloats(row));
        }
        Layout row = forward.layout;
        long address = forward.address(version, to -> show(context, from -> packRows(context, from, row, to)));
        return new Factor(address + 4 * dy * rowFloats(row), row, forward.precision);
    }

    private static long rowFloats(Layout row) {
        return (row.floats() + 15) / 16 * 16;
    }

    private void packRows(ExecutionContext context, long values, Layout packed, long to) {
        int in = shape[0];
        int out = shape[1];
        int k = shape[2];
        Layout checkpoint = Layout.strided(new long[] {in, k, out}, (long) out * k * k, 1, (long) k * k);
        try (var scope = context.memory().scope()) {
            OneDnnTensor row = context.memory().tensor(in, k * out);
            Kernel order = context.kernels().reorder(checkpoint, Layout.dense(in, k, out));
            Kernel pack = context.kernels().reorder(Layout.dense(in, (long) k * out), packed);
            for (int dy = 0; dy < k; dy++) {
                order.run(0, values + 4L * dy * k, row.at(0));
                pack.run(0, row.at(0), to + 4 * dy * rowFloats(packed));
            }
        }
    }

    /** (in, out, k, k) as the right factor (k x k x out, in) of a product with gradients. */
    Factor tiles(ExecutionContext context) {
        int in = shape[0];
        int out = shape[1];
        int taps = shape[2] * shape[3];
        if (backward == null) {
            Layout layout = context.kernels().packedMatrix((long) taps * out, in, context.precision());
            backward = packing(layout, context.precision());
        }
        PackedWeight packing = backward;
        long address = packing.address(
                version,
                to -> show(context, from -> {
                    try (var scope = context.memory().scope()) {
                        OneDnnTensor ordered = context.memory().tensor(taps, out, in);
                        Layout checkpoint = Layout.strided(new long[] {taps, out, in}, 1, taps, (long) taps * out);
                        Kernels kernels = context.kernels();
                        kernels.reorder(checkpoint, Layout.dense(taps, out, in)).run(0, from, ordered.at(0));
                        kernels.reorder(Layout.dense((long) taps * out, in), packing.layout)
                                .run(0, ordered.at(0), to);
                    }
                }));
        return new Factor(address, packing.layout, packing.precision);
    }

    void release() {
        if (values != null) {
            values.close();
            values = null;
        }
        if (forward != null) {
            forward.close();
            forward = null;
        }
        if (backward != null) {
            backward.close();
            backward = null;
        }
    }
}
