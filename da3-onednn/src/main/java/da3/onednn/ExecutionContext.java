package da3.onednn;

import da3.nn.Precision;

/**
 * What operations work with: threads, primitives and memory.
 *
 * @param precision of the factors of products
 */
record ExecutionContext(ThreadPool threads, Kernels kernels, TensorMemory memory, Precision precision) {

    /** Values of a task that only rounds. */
    private static final int VALUES = 1 << 18;

    /** Of a result: what has one vector a view is small, and cameras are read from it. */
    Precision of(int[] shape) {
        return shape.length < 3 ? Precision.FLOAT32 : precision;
    }

    /** Of what holds values of both without loss. */
    static Precision finer(OneDnnTensor a, OneDnnTensor b) {
        return a.precision == b.precision ? a.precision : Precision.FLOAT32;
    }

    /** The same values, rounded or widened in the innermost scope where they are not in this precision yet. */
    OneDnnTensor in(Precision wanted, OneDnnTensor x) {
        if (x.precision == wanted) {
            return x;
        }
        OneDnnTensor y = memory.tensor(wanted, x.shape);
        Tiling tiling = Tiling.atMost(x.values(), VALUES);
        Kernel[] copy = tiling.kernels(n -> kernels.reorder(x.dense(n), y.dense(n)));
        threads.forEach(tiling.parts(), (worker, i) -> copy[i].run(worker, x.at(tiling.from(i)), y.at(tiling.from(i))));
        return y;
    }

    /** All values, row-major. */
    float[] read(OneDnnTensor x) {
        try (var scope = memory.scope()) {
            return NativeAddress.read(in(Precision.FLOAT32, x).at(0), x.values());
        }
    }

    /** So many floats for every worker, until the innermost scope closes; {@link #own} finds a worker's part. */
    OneDnnTensor scratch(long floats) {
        int lines = Math.toIntExact((floats + 15) / 16);
        return memory.tensor(threads.workers(), lines, 16);
    }

    static long own(OneDnnTensor scratch, int worker) {
        return scratch.at((long) worker * scratch.shape[1] * scratch.shape[2]);
    }
}
