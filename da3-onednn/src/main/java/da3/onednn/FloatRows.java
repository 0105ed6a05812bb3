package da3.onednn;

import da3.nn.Precision;

/** A tensor's rows as Java's floats, by way of scratch where they are none. */
final class FloatRows {
    final int length;
    private final OneDnnTensor of;
    private final OneDnnTensor scratch; // null for float32, as are the next
    private final Kernel widen;
    private final Kernel round;

    /** @param length values of a row */
    FloatRows(ExecutionContext context, OneDnnTensor of, int length) {
        boolean direct = of.precision == Precision.FLOAT32;
        Kernels kernels = context.kernels();
        this.length = length;
        this.of = of;
        this.scratch = direct ? null : context.scratch(length);
        this.widen = direct ? null : kernels.reorder(of.dense(length), Layout.dense(length));
        this.round = direct ? null : kernels.reorder(Layout.dense(length), of.dense(length));
    }

    void read(int worker, long row, float[] into) {
        long from = of.at(row * length);
        if (widen != null) {
            widen.run(worker, from, ExecutionContext.own(scratch, worker));
            from = ExecutionContext.own(scratch, worker);
        }
        NativeAddress.floats(from, length).get(into);
    }

    void write(int worker, long row, float[] values) {
        long to = of.at(row * length);
        if (round == null) {
            NativeAddress.floats(to, length).put(values);
        } else {
            NativeAddress.floats(ExecutionContext.own(scratch, worker), length).put(values);
            round.run(worker, ExecutionContext.own(scratch, worker), to);
        }
    }
}
