package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;

/**
 * Layer norms and rotary positions of queries and keys, in tiles of tokens.
 *
 * <p>The rotation is x cos + rotateHalf(x) sin, where rotateHalf turns pairs of channels by a right angle. It is a
 * product with a signed permutation matrix, with the other terms fused into it.
 */
final class QkNormRope {

    /** The queries and keys of this many tokens fit in a core's cache. */
    static final int MAX_TILE_TOKENS = 128;

    private final ExecutionContext context;

    QkNormRope(ExecutionContext context) {
        this.context = context;
    }

    /**
     * Transforms the queries and keys of qkv (batch, n, 3 x dim) -> out (2, batch, heads, n, headDim).
     *
     * @param norm may be null, like positions, but not both
     */
    void apply(OneDnnTensor qkv, int heads, QkNorm norm, RotaryPositions positions, OneDnnTensor out) {
        int n = qkv.shape[1];
        int dim = qkv.shape[2] / 3;
        int hd = dim / heads;
        Tiling tiling = Tiling.of(n, MAX_TILE_TOKENS);
        Step[] steps = new Step[tiling.count()];
        for (int tile = 0; tile < steps.length; tile++) {
            steps[tile] = new Step(tiling.length(tile), heads, norm, positions != null, qkv, out);
        }
        RotaryTables tables = positions == null ? null : new RotaryTables(context, positions);
        Affine[] affine = norm == null
                ? new Affine[2]
                : new Affine[] {Affine.of(norm.qWeight(), norm.qBias()), Affine.of(norm.kWeight(), norm.kBias())};
        try (var scope = context.memory().scope()) {
            OneDnnTensor scratch = context.scratch(((long) heads + 2) * tiling.tileSize() * hd);
            context.threads().forEach(qkv.shape[0] * tiling.count(), (worker, task) -> {
                int token = tiling.start(task % tiling.count());
                long view = task / tiling.count();
                for (int i = 0; i < 2; i++) { // queries, keys
                    Step step = steps[task % tiling.count()];
                    long own = ExecutionContext.workerScratch(scratch, worker);
                    step.gather(worker, qkv.at(((view * n + token) * 3 + i) * dim), own, affine[i]);
                    for (int h = 0; h < heads; h++) {
                        long head = ((i * qkv.shape[0] + view) * heads + h) * n + token;
                        step.rotate(worker, own, h, out.at(head * hd), tables, token);
                    }
                }
            });
        }
    }

    /** Addresses of the weight and bias of a norm. */
    private record Affine(long weight, long bias) {
        static Affine of(Parameter weight, Parameter bias) {
            return new Affine(((OneDnnParameter) weight).address(), ((OneDnnParameter) bias).address());
        }
    }

    /** The primitives for one tile of tokens. */
    private final class Step {
        private final int heads;
        private final int headFloats;
        private final Kernel gather; // to (heads, tokens, headDim)
        private final Kernel normalize; // null without norms
        private final Kernel write; // null where the rotation writes the result
        private final Kernel scale; // null without positions, as is the next field
        private final Kernel rotateHalf;

        Step(int tokens, int heads, QkNorm norm, boolean rotary, OneDnnTensor qkv, OneDnnTensor out) {
            int hd = out.channels();
            this.heads = heads;
            this.headFloats = tokens * hd;
            long dim = (long) heads * hd;
            Kernels kernels = context.kernels();
            Layout head = Layout.dense(tokens, hd);
            this.gather = kernels.reorder(
                    Layout.strided(new long[] {heads, tokens, hd}, hd, 3 * dim, 1)
                            .withPrecision(qkv.precision),
                    Layout.dense(heads, tokens, hd));
            Layout all = Layout.dense((long) heads * tokens, hd);
            this.normalize = norm == null ? null : kernels.norm(all, all, norm.epsilon());
            boolean rotated = rotary && out.precision == Precision.FLOAT32;
            this.write = rotated ? null : kernels.reorder(head, out.dense(tokens, hd));
            this.scale = rotary ? kernels.binary(dnnl_binary_mul, head, head, head) : null;
            this.rotateHalf = rotary
                    ? kernels.matmul(head, Layout.dense(hd, hd), null, head, PostOp.times(head), PostOp.plus(head))
                    : null;
        }

        /** Gathers the heads in scratch memory and normalizes them. */
        void gather(int worker, long from, long scratch, Affine affine) {
            gather.run(worker, from, scratch);
            if (normalize != null) {
                normalize.run(worker, scratch, scratch, affine.weight, affine.bias);
            }
        }

        /** Rotates a head of the scratch memory, which has room for two more heads, and writes it. */
        void rotate(int worker, long scratch, int h, long to, RotaryTables tables, int token) {
            long head = scratch + 4L * h * headFloats;
            if (rotateHalf != null) {
                long scaled = scratch + 4L * heads * headFloats;
                long rotated = write == null ? to : scaled + 4L * headFloats;
                scale.run(worker, head, tables.cosAt(token), scaled);
                rotateHalf.run(worker, head, tables.rotateHalf.at(0), rotated, tables.sinAt(token), scaled);
                head = rotated;
            }
            if (write != null) {
                write.run(worker, head, to);
            }
        }
    }
}
