package da3.onednn;

import da3.nn.Precision;
import java.nio.FloatBuffer;

/** Access to the rows of a tensor as Java floats. Rows in bfloat16 are converted through scratch memory. */
final class FloatRows {

    final int length;
    private final OneDnnTensor tensor;
    private final int rowsPerBuffer;
    private final FloatBuffer[] buffers; // views of the float32 tensor, or of each worker's scratch memory
    private final OneDnnTensor scratch; // null for float32, as are the next two
    private final Kernel widen;
    private final Kernel round;

    /** @param length number of values of a row */
    FloatRows(ExecutionContext context, OneDnnTensor tensor, int length) {
        this(context, tensor, length, NativeAddress.MAX_VIEW_VALUES);
    }

    /** @param maxBufferValues maximum number of values per buffer; each buffer holds at least one row */
    FloatRows(ExecutionContext context, OneDnnTensor tensor, int length, int maxBufferValues) {
        boolean direct = tensor.precision == Precision.FLOAT32;
        Kernels kernels = context.kernels();
        this.length = length;
        this.tensor = tensor;
        this.rowsPerBuffer = Math.max(1, maxBufferValues / length);
        this.scratch = direct ? null : context.scratch(length);
        this.widen = direct ? null : kernels.reorder(tensor.dense(length), Layout.dense(length));
        this.round = direct ? null : kernels.reorder(Layout.dense(length), tensor.dense(length));
        this.buffers = direct ? ofTensor() : ofWorkers(context.threads().workers());
    }

    private FloatBuffer[] ofTensor() {
        Tiling rows = new Tiling(tensor.values() / length, rowsPerBuffer);
        FloatBuffer[] all = new FloatBuffer[rows.count()];
        for (int i = 0; i < all.length; i++) {
            all[i] = NativeAddress.floats(tensor.at((long) rows.start(i) * length), rows.length(i) * length);
        }
        return all;
    }

    private FloatBuffer[] ofWorkers(int workers) {
        FloatBuffer[] all = new FloatBuffer[workers];
        for (int i = 0; i < workers; i++) {
            all[i] = NativeAddress.floats(ExecutionContext.workerScratch(scratch, i), length);
        }
        return all;
    }

    /** @param into receives the row in its first {@link #length} values */
    void read(int worker, long row, float[] into) {
        if (widen == null) {
            buffers[buffer(row)].get(offset(row), into, 0, length);
        } else {
            widen.run(worker, tensor.at(row * length), ExecutionContext.workerScratch(scratch, worker));
            buffers[worker].get(0, into, 0, length);
        }
    }

    void write(int worker, long row, float[] values) {
        if (round == null) {
            buffers[buffer(row)].put(offset(row), values, 0, length);
        } else {
            buffers[worker].put(0, values, 0, length);
            round.run(worker, ExecutionContext.workerScratch(scratch, worker), tensor.at(row * length));
        }
    }

    private int buffer(long row) {
        return (int) (row / rowsPerBuffer);
    }

    private int offset(long row) {
        return (int) (row % rowsPerBuffer) * length;
    }
}
