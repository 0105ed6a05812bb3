package da3.onednn;

import da3.nn.Precision;

/** Access to the rows of a tensor as Java floats. Rows in bfloat16 are converted through scratch memory. */
final class FloatRows {
    final int length;
    private final OneDnnTensor tensor;
    private final OneDnnTensor scratch; // null for float32, as are the next two
    private final Kernel widen;
    private final Kernel round;

    /** @param length number of values of a row */
    FloatRows(ExecutionContext context, OneDnnTensor tensor, int length) {
        boolean direct = tensor.precision == Precision.FLOAT32;
        Kernels kernels = context.kernels();
        this.length = length;
        this.tensor = tensor;
        this.scratch = direct ? null : context.scratch(length);
        this.widen = direct ? null : kernels.reorder(tensor.dense(length), Layout.dense(length));
        this.round = direct ? null : kernels.reorder(Layout.dense(length), tensor.dense(length));
    }

    void read(int worker, long row, float[] into) {
        long from = tensor.at(row * length);
        if (widen != null) {
            widen.run(worker, from, ExecutionContext.workerScratch(scratch, worker));
            from = ExecutionContext.workerScratch(scratch, worker);
        }
        NativeAddress.floats(from, length).get(into);
    }

    void write(int worker, long row, float[] values) {
        long to = tensor.at(row * length);
        if (round == null) {
            NativeAddress.floats(to, length).put(values);
        } else {
            NativeAddress.floats(ExecutionContext.workerScratch(scratch, worker), length)
                    .put(values);
            round.run(worker, ExecutionContext.workerScratch(scratch, worker), to);
        }
    }
}
