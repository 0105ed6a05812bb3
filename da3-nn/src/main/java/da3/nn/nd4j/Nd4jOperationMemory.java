package da3.nn.nd4j;

import da3.nn.Activation;
import da3.nn.Precision;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.shape.OperationMemory;
import da3.nn.shape.ShapeMemory;
import da3.nn.shape.ShapeTensor;

/** The temporary memory of {@link Nd4jEngine}: the allocations of its operations, in their order. */
final class Nd4jOperationMemory implements OperationMemory {

    /** Measured with two threads: mainly packing buffers of OpenBLAS. */
    private static final long LIBRARIES = 40_000_000;

    @Override
    public Precision precision() {
        return Precision.FLOAT32;
    }

    @Override
    public long slabFloats() {
        return TensorMemory.SLAB_FLOATS;
    }

    @Override
    public long libraries() {
        return LIBRARIES;
    }

    /** Allocates the buffers of {@link Gelu}. */
    private static void gelu(ShapeMemory memory, long values) {
        try (Scope scope = memory.scope()) {
            for (int buffer = 0; buffer < 4; buffer++) {
                memory.allocate(Math.min(Gelu.CHUNK, values));
            }
        }
    }

    @Override
    public void activation(ShapeMemory memory, ShapeTensor x, Activation activation) {
        if (activation == Activation.GELU) {
            gelu(memory, x.values());
        }
    }

    @Override
    public void linear(ShapeMemory memory, ShapeTensor x, Precision as, ShapeTensor y, Activation activation) {
        activation(memory, y, activation);
    }

    @Override
    public void layerNorm(ShapeMemory memory, ShapeTensor x) {
        int groups = x.shape().length == 1 ? 1 : x.size(0);
        memory.allocate(x.values() / groups);
        memory.allocate(x.values() / groups / x.size(-1));
    }

    @Override
    public void attention(
            ShapeMemory memory, ShapeTensor qkv, int heads, boolean normalized, RotaryPositions positions) {
        int tokens = qkv.size(1);
        long part = qkv.values() / 3;
        long headRows = (long) qkv.size(0) * heads * tokens;
        memory.allocate(qkv.values()); // split
        if (normalized) {
            try (Scope scope = memory.scope()) {
                memory.allocate(part); // centered
                memory.allocate(headRows); // deviation
            }
        }
        if (positions != null) {
            try (Scope scope = memory.scope()) {
                memory.allocate(part); // rotated
                memory.allocate((long) positions.tokens() * positions.headDim()); // table
            }
        }
        memory.allocate(part); // attended
        memory.allocate((long) MultiHeadAttention.blockRows(tokens) * tokens); // scores
    }

    @Override
    public void swiGlu(ShapeMemory memory, ShapeTensor x) {
        memory.allocate(x.values() / 2); // gate
    }

    @Override
    public void addUv(ShapeMemory memory, ShapeTensor x) {
        int channels = x.size(3);
        memory.allocate((long) x.size(2) * channels); // u, padded
        memory.allocate((long) x.size(1) * channels); // v, padded
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
        long h = x.size(1);
        long w = x.size(2);
        long in = x.size(3);
        try (Scope scope = memory.scope()) {
            if (before != Activation.NONE) {
                memory.allocate(x.values());
            }
            if (stride == 1) {
                memory.allocate(((h + 2) * w + 2) * in); // padded
                memory.allocate((Convolution3x3.bandRows(x.size(1), x.size(2), x.size(3)) + 2) * w * 3 * in); // taps
            } else {
                memory.allocate((h + 2) * (w + 2) * in); // padded
                memory.allocate((long) y.size(1) * y.size(2) * 9 * in); // taps
            }
        }
        activation(memory, y, after);
    }

    @Override
    public void transposedConvolution(ShapeMemory memory, ShapeTensor x, ShapeTensor y) {
        memory.allocate(y.values() / y.size(0)); // blocks of one view
    }

    /** The source and the target of the largest resize stay allocated. */
    @Override
    public void resize(ShapeMemory memory, ShapeTensor x, ShapeTensor y) {
        memory.growBuffer("resize source", x.values() / x.size(0));
        memory.growBuffer("resize target", y.values() / y.size(0));
    }
}
