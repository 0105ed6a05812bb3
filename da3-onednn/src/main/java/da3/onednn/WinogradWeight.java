package da3.onednn;

import da3.nn.Precision;

/**
 * A weight (out, in, 3, 3) whose kernels are transformed in the vertical direction for {@link WinogradConvolution}: six
 * kernels (out, in, 1, 3).
 */
final class WinogradWeight implements AutoCloseable {

    static final int VALUES_PER_KERNEL = Winograd.N * Winograd.TAPS;

    /** The operation that uses the weight. */
    enum Use {
        CONVOLUTION,

        /** The kernels are rotated by 180 degrees, and inputs and outputs change places. */
        INPUT_GRADIENT
    }

    private final Use use;
    private final int out; // channels of the checkpoint
    private final int in;
    private PackedWeight packed; // null until first used

    WinogradWeight(Use use, int out, int in) {
        this.use = use;
        this.out = out;
        this.in = in;
    }

    /**
     * Six packed kernels.
     *
     * @param stride bytes from one kernel to the next
     */
    record Factor(long address, long stride) {
        long kernel(int product) {
            return address + product * stride;
        }
    }

    /**
     * Returns the kernels in the layout that a convolution requires. The first layout is kept; if another map size
     * requires a different one, the result is a copy in the innermost scope.
     */
    Factor factor(ExecutionContext context, Layout required, int version, PackedWeight.Values values) {
        long floats = required.lineFloats();
        if (packed == null) {
            packed = new PackedWeight(required, Precision.FLOAT32, Winograd.N * floats);
        }
        long address = packed.address(version, to -> values.passTo(from -> pack(context, from, to)));
        if (required.equals(packed.layout)) {
            return new Factor(address, 4 * floats);
        }
        OneDnnTensor copy = context.memory().tensor(Winograd.N, Math.toIntExact(floats));
        Kernel reorder = context.kernels().reorder(packed.layout, required);
        long packedFloats = packed.layout.lineFloats();
        for (int i = 0; i < Winograd.N; i++) {
            reorder.run(0, address + 4 * i * packedFloats, copy.at(i * floats));
        }
        return new Factor(copy.at(0), 4 * floats);
    }

    private void pack(ExecutionContext context, long values, long to) {
        Kernels kernels = context.kernels();
        int pairs = out * in;
        try (var scope = context.memory().scope()) {
            OneDnnTensor taps = context.memory().tensor(Winograd.TAPS, Winograd.TAPS, pairs); // column, row, (out, in)
            Kernel gather = kernels.reorder( // a column of all kernels
                    Layout.strided(new long[] {Winograd.TAPS, pairs}, Winograd.TAPS, Winograd.TAPS * Winograd.TAPS),
                    Layout.dense(Winograd.TAPS, pairs));
            OneDnnTensor matrix = context.write(matrix(), Winograd.N, Winograd.TAPS);
            OneDnnTensor transformed = context.memory().tensor(Winograd.TAPS, Winograd.N, pairs);
            Kernel product = kernels.matmul(
                    Layout.dense(Winograd.N, Winograd.TAPS),
                    Layout.dense(Winograd.TAPS, pairs),
                    null,
                    Layout.dense(Winograd.N, pairs));
            context.threads().forEach(Winograd.TAPS, (worker, column) -> {
                int target = use == Use.CONVOLUTION ? column : Winograd.TAPS - 1 - column;
                long rows = taps.at((long) column * Winograd.TAPS * pairs);
                gather.run(worker, values + 4L * column, rows);
                product.run(worker, matrix.at(0), rows, transformed.at((long) target * Winograd.N * pairs));
            });
            long nextColumn = (long) Winograd.N * pairs;
            Layout kernel = use == Use.CONVOLUTION
                    ? Layout.strided(new long[] {out, in, 1, Winograd.TAPS}, in, 1, pairs, nextColumn)
                    : Layout.strided(new long[] {in, out, 1, Winograd.TAPS}, 1, in, pairs, nextColumn);
            Kernel reorder = kernels.reorder(kernel, packed.layout);
            long floats = packed.layout.lineFloats();
            context.threads()
                    .forEach(
                            Winograd.N,
                            (worker, i) -> reorder.run(worker, transformed.at((long) i * pairs), to + 4 * i * floats));
        }
    }

    /** Returns the transform of kernels (n, rows), for rows in the order of the checkpoint. */
    private float[] matrix() {
        float[] matrix = Winograd.CONVOLUTION.kernel().clone();
        if (use == Use.INPUT_GRADIENT) {
            for (int i = 0; i < matrix.length; i += Winograd.TAPS) {
                float first = matrix[i];
                matrix[i] = matrix[i + Winograd.TAPS - 1];
                matrix[i + Winograd.TAPS - 1] = first;
            }
        }
        return matrix;
    }

    @Override
    public void close() {
        if (packed != null) {
            packed.close();
        }
    }
}
