package da3.onednn;

import da3.geometry.check.Check;
import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.WeightSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * A parameter that is packed on first use, once for the forward pass and once for the backward pass. The weight of a
 * 3x3 convolution is packed twice if some of its maps are large enough for {@link Winograd} and others are not.
 *
 * <p>Assigned values are kept in the checkpoint layout; packed copies are stale until one of them is used. Matrices of
 * trained parameters are not packed: their values change at every step, and packing within a product of some hundred
 * rows costs only a few percent of its time.
 */
final class OneDnnParameter implements Parameter {

    private final WeightSource source;
    private final String name;
    private final Role role;
    private final int[] shape;
    private final boolean trained;
    private AlignedBuffer values; // in the checkpoint layout; null for packed weights until they are assigned
    private PackedWeight forward; // null until first used, as are the next two
    private PackedWeight backward;
    private QuantizedWeight quantized;
    private final Map<WinogradWeight.Use, WinogradWeight> winograd = new EnumMap<>(WinogradWeight.Use.class);
    private int version;

    /** @param trained whether the values change at every step */
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

    /** @throws IllegalArgumentException if the parameter has more or fewer values */
    void requireCount(int count) {
        if (values() != count) {
            throw Check.invalid("number of values of " + name, String.valueOf(count), values());
        }
    }

    /** Replaces the values. */
    void assign(float[] replacement) {
        requireCount(replacement.length);
        if (values == null) {
            values = new AlignedBuffer(values());
        }
        NativeAddress.write(replacement, values.address);
        version++;
    }

    /** Returns the address of the values in the checkpoint layout, for changing them in place. */
    long addressForUpdate() {
        version++;
        return address();
    }

    /** Returns the address of the values in the checkpoint layout; for plain and trained parameters. */
    long address() {
        if (values == null) {
            AlignedBuffer plain = new AlignedBuffer(values());
            read(plain.address);
            values = plain;
        }
        return values.address;
    }

    /** Returns the values as a tensor in the shape of the checkpoint. */
    OneDnnTensor value(ExecutionContext context) {
        OneDnnTensor value = context.memory().tensor(shape);
        copyTo(value.at(0));
        return value;
    }

    private void copyTo(long address) {
        if (role == Role.PLAIN || values != null) {
            NativeAddress.copy(address(), address, 4L * values());
        } else {
            read(address);
        }
    }

    private void read(long address) {
        source.read(name, shape, NativeAddress.floats(address, values()));
    }

    /** Passes the address of the values in the checkpoint layout to a function that packs them. */
    private void withValues(ExecutionContext context, LongConsumer packer) {
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

    /** A factor of a product: its address, layout and precision. */
    record Factor(long address, Layout layout, Precision precision) {

        /** Returns whether the values are packed, so that products need not pack them. */
        boolean isPacked() {
            return layout.isPacked();
        }

        /** Returns the address of a column of an unpacked float32 matrix, or of the first column of any matrix. */
        long column(int column) {
            return column == 0 ? address : address + 4 * column * layout.columnStride();
        }
    }

    private boolean isUnpacked(Precision precision) {
        return trained && precision == Precision.FLOAT32;
    }

    /**
     * Returns a weight (out, in) as the right factor (in, out) of a product; the first use determines the precision.
     */
    Factor matrix(ExecutionContext context, Precision precision) {
        int out = shape[0];
        int in = values() / out;
        Layout checkpoint = Layout.strided(new long[] {in, out}, 1, in);
        if (isUnpacked(precision)) {
            return new Factor(address(), checkpoint, precision);
        }
        if (forward == null) {
            forward = newPackedWeight(context.kernels().packedMatrix(in, out, precision), precision);
        }
        return packed(context, forward, checkpoint);
    }

    /**
     * Returns a weight (out, in) as the right factor of a product with gradients; the first use determines the
     * precision.
     */
    Factor transposedMatrix(ExecutionContext context, Precision precision) {
        int out = shape[0];
        int in = values() / out;
        Layout checkpoint = Layout.dense(out, in);
        if (isUnpacked(precision)) {
            return new Factor(address(), checkpoint, precision);
        }
        if (backward == null) {
            backward = newPackedWeight(context.kernels().packedMatrix(out, in, precision), precision);
        }
        return packed(context, backward, checkpoint);
    }

    /** Returns a weight (out, in) as the right factor of a product of integers. */
    QuantizedWeight.Factor quantizedMatrix(ExecutionContext context) {
        int out = shape[0];
        int in = values() / out;
        long all = values();
        Layout checkpoint = Layout.strided(new long[] {1, 1, in, out}, all, all, 1, in);
        return quantized(context, checkpoint, context.kernels().packedInt8Matrix(in, out));
    }

    /** Returns a weight (out, in, 3, 3) as integers, in the layout that a convolution requires. */
    QuantizedWeight.Factor quantizedConvolution(ExecutionContext context, Layout required) {
        return quantized(context, Layout.dense(shape[0], shape[1], 3, 3), required);
    }

    private QuantizedWeight.Factor quantized(ExecutionContext context, Layout checkpoint, Layout required) {
        if (quantized == null) {
            quantized = new QuantizedWeight(shape[0], values() / shape[0]);
        }
        return quantized.factor(context, checkpoint, required, version, reader -> withValues(context, reader));
    }

    private static PackedWeight newPackedWeight(Layout layout, Precision precision) {
        return new PackedWeight(layout, precision, layout.floats());
    }

    private Factor packed(ExecutionContext context, PackedWeight weight, Layout checkpoint) {
        long address = weight.address(
                version,
                to -> withValues(context, from -> context.kernels()
                        .reorder(checkpoint, weight.layout)
                        .run(0, from, to)));
        return new Factor(address, weight.layout, weight.precision);
    }

    /**
     * Returns the address of a weight (out, in, 3, 3) in the layout that a convolution requires. The first layout is
     * kept; if another map size requires a different one, the result is a copy in the innermost scope.
     */
    long convolutionWeights(ExecutionContext context, Layout required) {
        if (forward == null) {
            forward = newPackedWeight(required, context.precision());
        }
        return convolutionWeights(context, required, forward);
    }

    /** Like {@link #convolutionWeights}, for the gradient of a convolution. */
    long convolutionBackwardWeights(ExecutionContext context, Layout required) {
        if (backward == null) {
            backward = newPackedWeight(required, context.precision());
        }
        return convolutionWeights(context, required, backward);
    }

    private long convolutionWeights(ExecutionContext context, Layout required, PackedWeight weight) {
        Layout checkpoint = Layout.dense(shape[0], shape[1], 3, 3);
        if (values != null && weight.isStale(version)) {
            packTogether(context, checkpoint);
        }
        return inLayout(context, required, packed(context, weight, checkpoint));
    }

    /** Packs the assigned values for the forward and the backward pass, in parallel, if both have packed copies. */
    private void packTogether(ExecutionContext context, Layout checkpoint) {
        List<PackedWeight> stale = Stream.of(forward, backward)
                .filter(weight -> weight != null && weight.isStale(version))
                .toList();
        Kernel[] kernels = stale.stream()
                .map(weight -> context.kernels().reorder(checkpoint, weight.layout))
                .toArray(Kernel[]::new);
        context.threads().forEach(kernels.length, (worker, i) -> stale.get(i)
                .address(version, to -> kernels[i].run(worker, values.address, to)));
    }

    /**
     * Returns the transformed kernels of a weight (out, in, 3, 3) in the layout that a convolution with 1x3 kernels
     * requires.
     */
    WinogradWeight.Factor winogradWeights(ExecutionContext context, WinogradWeight.Use use, Layout required) {
        return winograd.computeIfAbsent(use, u -> new WinogradWeight(u, shape[0], shape[1]))
                .factor(context, required, version, reader -> withValues(context, reader));
    }

    private static long inLayout(ExecutionContext context, Layout required, Factor packed) {
        if (required.equals(packed.layout)) {
            return packed.address;
        }
        OneDnnTensor copy = context.memory().tensor(Math.toIntExact(required.floats()));
        context.kernels().reorder(packed.layout, required).run(0, packed.address, copy.at(0));
        return copy.at(0);
    }

    /** Returns row {@code dy} of all kernels (in, out, k, k) as the right factor (in, k x out) of a product. */
    Factor transposedConvolutionRow(ExecutionContext context, int dy) {
        int in = shape[0];
        int out = shape[1];
        int k = shape[2];
        if (forward == null) {
            Layout row = context.kernels().packedMatrix(in, (long) k * out, context.precision());
            forward = new PackedWeight(row, context.precision(), k * row.lineFloats());
        }
        Layout row = forward.layout;
        long address = forward.address(version, to -> withValues(context, from -> packRows(context, from, row, to)));
        return new Factor(address + 4 * dy * row.lineFloats(), row, forward.precision);
    }

    private void packRows(ExecutionContext context, long values, Layout packed, long to) {
        int in = shape[0];
        int out = shape[1];
        int k = shape[2];
        Layout checkpoint = Layout.strided(new long[] {in, k, out}, (long) out * k * k, 1, (long) k * k);
        try (var scope = context.memory().scope()) {
            OneDnnTensor row = context.memory().tensor(in, k * out);
            Kernel reorder = context.kernels().reorder(checkpoint, Layout.dense(in, k, out));
            Kernel pack = context.kernels().reorder(Layout.dense(in, (long) k * out), packed);
            for (int dy = 0; dy < k; dy++) {
                reorder.run(0, values + 4L * dy * k, row.at(0));
                pack.run(0, row.at(0), to + 4 * dy * packed.lineFloats());
            }
        }
    }

    /** Returns a weight (in, out, k, k) as the right factor (k x k x out, in) of a product with gradients. */
    Factor transposedConvolutionBackwardMatrix(ExecutionContext context) {
        int in = shape[0];
        int out = shape[1];
        int taps = shape[2] * shape[3];
        if (backward == null) {
            Layout layout = context.kernels().packedMatrix((long) taps * out, in, context.precision());
            backward = newPackedWeight(layout, context.precision());
        }
        PackedWeight weight = backward;
        long address = weight.address(
                version,
                to -> withValues(context, from -> {
                    try (var scope = context.memory().scope()) {
                        OneDnnTensor ordered = context.memory().tensor(taps, out, in);
                        Layout checkpoint = Layout.strided(new long[] {taps, out, in}, 1, taps, (long) taps * out);
                        Kernels kernels = context.kernels();
                        kernels.reorder(checkpoint, Layout.dense(taps, out, in)).run(0, from, ordered.at(0));
                        kernels.reorder(Layout.dense((long) taps * out, in), weight.layout)
                                .run(0, ordered.at(0), to);
                    }
                }));
        return new Factor(address, weight.layout, weight.precision);
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
        if (quantized != null) {
            quantized.close();
            quantized = null;
        }
        winograd.values().forEach(WinogradWeight::close);
        winograd.clear();
    }
}
