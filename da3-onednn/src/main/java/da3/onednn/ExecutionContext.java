package da3.onednn;

import da3.nn.Precision;
import java.util.Arrays;

/**
 * The threads, primitives and memory that operations share.
 *
 * @param precision precision of the factors of products that are not quantized
 * @param requested precision that the engine was created with
 */
record ExecutionContext(
        ThreadPool threads, Kernels kernels, TensorMemory memory, Precision precision, Precision requested) {

    private static final int MAX_TILE_VALUES = 1 << 18;

    /**
     * Returns the precision of a result; vectors per view stay in float32, as they are small and cameras are decoded
     * from them.
     */
    Precision resultPrecision(int[] shape) {
        return shape.length < 3 ? Precision.FLOAT32 : precision;
    }

    /** Returns whether products are computed with 8-bit integers where their results allow it. */
    boolean isQuantized() {
        return requested == Precision.INT8;
    }

    /** Returns the precision that holds the values of both tensors without loss. */
    static Precision commonPrecision(OneDnnTensor a, OneDnnTensor b) {
        return a.precision == b.precision ? a.precision : Precision.FLOAT32;
    }

    /** Returns a tensor in a precision: itself, or a converted copy in the innermost scope. */
    OneDnnTensor cast(Precision target, OneDnnTensor x) {
        if (x.precision == target) {
            return x;
        }
        OneDnnTensor y = memory.tensor(target, x.shape);
        Tiling tiling = Tiling.of(x.values(), MAX_TILE_VALUES);
        Kernel[] copy = tiling.kernels(n -> kernels.reorder(x.dense(n), y.dense(n)));
        threads.forEach(
                tiling.count(), (worker, i) -> copy[i].run(worker, x.at(tiling.start(i)), y.at(tiling.start(i))));
        return y;
    }

    /** Returns a tensor with values of a shape, row-major. */
    OneDnnTensor write(float[] values, int... shape) {
        if (values.length != OneDnnTensor.product(shape)) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill a tensor of shape " + Arrays.toString(shape));
        }
        OneDnnTensor y = memory.tensor(shape);
        NativeAddress.write(values, y.at(0));
        return y;
    }

    /** Returns all values, row-major. */
    float[] read(OneDnnTensor x) {
        try (var scope = memory.scope()) {
            return NativeAddress.read(cast(Precision.FLOAT32, x).at(0), x.values());
        }
    }

    /**
     * Returns scratch memory for every worker, which lives until the innermost scope closes; see
     * {@link #workerScratch}.
     */
    OneDnnTensor scratch(long floats) {
        int lines = Math.toIntExact(AlignedBuffer.wholeLines(floats) / 16);
        return memory.tensor(threads.workers(), lines, 16);
    }

    /** Returns the address of a worker's scratch memory. */
    static long workerScratch(OneDnnTensor scratch, int worker) {
        return scratch.at((long) worker * scratch.shape[1] * scratch.shape[2]);
    }
}
