package da3.onednn;

import da3.nn.Activation;
import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.shape.OperationMemory;
import da3.nn.shape.ShapeMemory;
import da3.nn.shape.ShapeTensor;

/**
 * The temporary memory of {@link OneDnnEngine}: the allocations of its operations, in their order. Matrices in internal
 * formats of oneDNN are counted without padding.
 *
 * @param workers number of threads
 * @param precision precision of the factors of products that are not quantized
 * @param requested precision of the engine
 */
record OneDnnOperationMemory(int workers, Precision precision, Precision requested) implements OperationMemory {

    OneDnnOperationMemory(int workers, Precision precision) {
        this(workers, OneDnnEngine.productPrecision(precision), precision);
    }

    @Override
    public long slabFloats() {
        return TensorMemory.SLAB_FLOATS;
    }

    /** Measured with two threads: mainly generated code, which is larger for float32. */
    @Override
    public long libraries() {
        return switch (requested) {
            case FLOAT32 -> 70_000_000;
            case BFLOAT16, INT8 -> 50_000_000;
        };
    }

    /** Allocates scratch memory for every worker; see {@link ExecutionContext#scratch}. */
    private void scratch(ShapeMemory memory, long floats) {
        memory.allocate(workers * AlignedBuffer.wholeLines(floats));
    }

    private long floats(long values) {
        return (precision.bytes() * values + Float.BYTES - 1) / Float.BYTES;
    }

    /** Allocates a converted copy of a tensor unless it has the precision; see {@link ExecutionContext#cast}. */
    private static void cast(ShapeMemory memory, Precision target, ShapeTensor x) {
        if (x.precision() != target) {
            memory.allocate(target, x.values());
        }
    }

    @Override
    public long keptConvolutionValues(Parameter weight, int stride, int[] y) {
        int[] shape = weight.shape();
        return usesWinograd(weightPrecision(weight, y), stride, y, shape[1])
                ? (long) shape[0] * shape[1] * WinogradWeight.VALUES_PER_KERNEL
                : OneDnnTensor.product(shape);
    }

    /** A weight is read in the layout of the checkpoint and then packed. */
    @Override
    public void preparation(ShapeMemory memory, Parameter weight, long kept) {
        int[] shape = weight.shape();
        memory.allocate(OneDnnTensor.product(shape));
        boolean transformed = kept > OneDnnTensor.product(shape); // only for WinogradWeight
        if (transformed) {
            memory.allocate(OneDnnTensor.product(shape)); // ordered by tap
            memory.allocate(kept);
        }
        boolean quantized = requested == Precision.INT8
                && (QuantizedLinear.accepts(weight) || Convolution3x3.isQuantizable(weight));
        if (quantized) {
            memory.allocate(Precision.INT8, OneDnnTensor.product(shape));
        }
        if (shape.length == 4 && shape[2] != 1 && shape[2] != 3) {
            memory.allocate((long) shape[0] * shape[1] * shape[2]); // a row of a transposed convolution
        }
    }

    @Override
    public Precision weightPrecision(Parameter weight, int[] result) {
        boolean quantized = requested == Precision.INT8
                && (QuantizedLinear.accepts(result, weight) || Convolution3x3.isQuantizable(weight));
        return quantized ? Precision.INT8 : OperationMemory.super.weightPrecision(weight, result);
    }

    @Override
    public void linear(ShapeMemory memory, ShapeTensor x, Precision as, ShapeTensor y, Activation activation) {
        if (as == Precision.INT8) {
            int in = x.size(-1);
            int rows = Math.toIntExact(x.values() / in);
            int tile = FusedLinear.tiling(workers, rows, in, y.size(-1)).tileSize();
            scratch(memory, QuantizedLinear.scratchFloats(tile, in));
        } else {
            cast(memory, as, x);
        }
    }

    @Override
    public void combination(ShapeMemory memory, ShapeTensor a, ShapeTensor b, ShapeTensor y) {
        cast(memory, y.precision(), a);
        cast(memory, y.precision(), b);
    }

    @Override
    public void attention(
            ShapeMemory memory, ShapeTensor qkv, int heads, boolean normalized, RotaryPositions positions) {
        int n = qkv.size(1);
        int hd = qkv.size(2) / (3 * heads);
        cast(memory, precision, qkv);
        boolean transformed = normalized || positions != null;
        Tiling tiling = MultiHeadAttention.queryTiling(n, qkv.size(0) * heads, workers);
        if (positions != null) {
            long table = (long) positions.tokens() * hd;
            memory.allocate(table); // cosines
            memory.allocate(table); // sines
        }
        int columns = MultiHeadAttention.columns(n, precision);
        long keys = AlignedBuffer.wholeLines(floats((long) n * hd));
        long values = AlignedBuffer.wholeLines(floats((long) columns * hd));
        memory.allocate(qkv.size(0) * heads * (keys + values)); // packed
        try (Scope scope = memory.scope()) {
            if (transformed) {
                scratch(memory, QkNormRope.headFloats(tiling, hd, precision));
            }
            if (columns > n) {
                memory.allocate(precision, (long) workers * columns * hd); // padded values
            }
        }
        scratch(memory, MultiHeadAttention.scratchFloats(tiling, hd, precision, transformed));
    }

    @Override
    public void swiGlu(ShapeMemory memory, ShapeTensor x) {
        int half = x.size(-1) / 2;
        int rows = Math.toIntExact(x.values() / x.size(-1));
        scratch(memory, (long) Elementwise.rowTiling(rows, half).tileSize() * half);
    }

    @Override
    public void addUv(ShapeMemory memory, ShapeTensor x) {
        memory.allocate((long) x.size(2) * x.size(3)); // u, padded
        memory.allocate((long) x.size(1) * x.size(3)); // v, padded
    }

    @Override
    public void convolution(
            ShapeMemory memory,
            ShapeTensor x,
            Activation before,
            Precision as,
            int stride,
            ShapeTensor y,
            Activation after) {
        if (usesWinograd(as, stride, y.shape(), x.size(3))) {
            winogradConvolution(memory, x, before, y);
            return;
        }
        Tiling tiling = Convolution3x3.rowTiling(x.size(3), y.shape(), workers);
        long band = Convolution3x3.bandValues(tiling, stride, x.size(2), x.size(3));
        if (as == Precision.INT8) {
            memory.allocate(2L * x.size(0)); // scales
            scratch(memory, QuantizedConvolution.scratchFloats(band));
            return;
        }
        cast(memory, precision, x);
        if (before != Activation.NONE) {
            scratch(memory, floats(band));
        }
    }

    /** @param y shape of the result, (views, rows, columns, out) */
    private boolean usesWinograd(Precision as, int stride, int[] y, int in) {
        return as != Precision.INT8 && Winograd.applies(precision, stride, y[1], y[2], in, y[3]);
    }

    private void winogradConvolution(ShapeMemory memory, ShapeTensor x, Activation before, ShapeTensor y) {
        int columns = y.size(2);
        Tiling bands = WinogradConvolution.bands(y.size(1), columns, x.size(3), y.size(3), workers);
        memory.allocate((long) Winograd.N * Winograd.N); // matrix of the input
        memory.allocate((long) Winograd.TILE_ROWS * Winograd.N); // and of the output
        if (before != Activation.NONE) {
            scratch(memory, WinogradConvolution.inputFloats(bands, columns, x.size(3)));
        }
        scratch(memory, WinogradConvolution.transformedFloats(bands, columns, x.size(3)));
        scratch(memory, WinogradConvolution.transformedFloats(bands, columns, y.size(3)));
    }

    @Override
    public void transposedConvolution(ShapeMemory memory, ShapeTensor x, ShapeTensor y) {
        cast(memory, precision, x);
        memory.allocate((long) y.size(1) / x.size(1) * y.size(3)); // biases
    }

    /** Rows that are not in float32 are converted one by one. */
    @Override
    public void resize(ShapeMemory memory, ShapeTensor x, ShapeTensor y) {
        for (ShapeTensor map : new ShapeTensor[] {x, y}) {
            if (map.precision() != Precision.FLOAT32) {
                scratch(memory, (long) map.size(2) * map.size(3));
            }
        }
    }
}
