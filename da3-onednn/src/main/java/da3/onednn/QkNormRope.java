package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;

/**
 * Layer norms and rotary positions of queries and keys, in tasks of some tokens.
 *
 * <p>Rotating is x cos + turned(x) sin. Turning pairs of channels by a right angle is a product with a signed
 * permutation, into which the rest is fused.
 */
final class QkNormRope {

    /** Tokens of a task: queries and keys of as many stay in a core's cache. */
    static final int TOKENS = 128;

    private final ExecutionContext context;

    QkNormRope(ExecutionContext context) {
        this.context = context;
    }

    /**
     * Queries and keys of qkv (batch, n, 3 x dim) -> out (2, batch, heads, n, headDim).
     *
     * @param norm null for none, as are positions, but not both
     */
    void apply(OneDnnTensor qkv, int heads, QkNorm norm, RotaryPositions positions, OneDnnTensor out) {
        int n = qkv.shape[1];
        int dim = qkv.shape[2] / 3;
        int hd = dim / heads;
        Tiling tiling = Tiling.atMost(n, TOKENS);
        Step[] steps = new Step[tiling.parts()];
        for (int part = 0; part < steps.length; part++) {
            steps[part] = new Step(tiling.length(part), heads, norm, positions != null, qkv, out);
        }
        RotaryTables tables = positions == null ? null : new RotaryTables(context, positions);
        Affine[] affine = norm == null
                ? new Affine[2]
                : new Affine[] {Affine.of(norm.qWeight(), norm.qBias()), Affine.of(norm.kWeight(), norm.kBias())};
        try (var scope = context.memory().scope()) {
            OneDnnTensor scratch = context.scratch(((long) heads + 2) * tiling.step() * hd);
            context.threads().forEach(qkv.shape[0] * tiling.parts(), (worker, task) -> {
                int token = tiling.from(task % tiling.parts());
                long view = task / tiling.parts();
                for (int i = 0; i < 2; i++) { // queries, keys
                    Step step = steps[task % tiling.parts()];
                    long own = ExecutionContext.own(scratch, worker);
                    step.gather(worker, qkv.at(((view * n + token) * 3 + i) * dim), own, affine[i]);
                    for (int h = 0; h < heads; h++) {
                        long head = ((i * qkv.shape[0] + view) * heads + h) * n + token;
                        step.place(worker, own, h, out.at(head * hd), tables, token);
                    }
                }
            });
        }
    }

    /** Where a norm's weight and bias are. */
    private record Affine(long weight, long bias) {
        static Affine of(Parameter weight, Parameter bias) {
            return new Affine(((OneDnnParameter) weight).plain(), ((OneDnnParameter) bias).plain());
        }
    }

    /** Primitives for a task of so many tokens. */
    private final class Step {
        private final int heads;
        private final int headFloats;
        private final Kernel gather; // to (heads, tokens, headDim)
        private final Kernel normalize; // null without norms
        private final Kernel write; // null where turning does it
        private final Kernel scale; // null without positions, as is the next
        private final Kernel turn;

        Step(int tokens, int heads, QkNorm norm, boolean rotates, OneDnnTensor qkv, OneDnnTensor out) {
            int hd = out.channels();
            this.heads = heads;
            this.headFloats = tokens * hd;
            long dim = (long) heads * hd;
            Kernels kernels = context.kernels();
            Layout head = Layout.dense(tokens, hd);
            this.gather = kernels.reorder(
                    Layout.strided(new long[] {heads, tokens, hd}, hd, 3 * dim, 1)
                            .in(qkv.precision),
                    Layout.dense(heads, tokens, hd));
            Layout all = Layout.dense((long) heads * tokens, hd);
            this.normalize = norm == null ? null : kernels.norm(all, all, norm.epsilon());
            boolean turned = rotates && out.precision == Precision.FLOAT32;
            this.write = turned ? null : kernels.reorder(head, out.dense(tokens, hd));
            this.scale = rotates ? kernels.binary(dnnl_binary_mul, head, head, head) : null;
            this.turn = rotates
                    ? kernels.matmul(head, Layout.dense(hd, hd), null, head, PostOp.times(head), PostOp.plus(head))
                    : null;
        }

        /** Lays heads out one after the other, and normalizes them. */
        void gather(int worker, long from, long scratch, Affine affine) {
            gather.run(worker, from, scratch);
            if (normalize != null) {
                normalize.run(worker, scratch, scratch, affine.weight, affine.bias);
            }
        }

        /** Rotates a head on its way from scratch, behind whose heads there is room for two more. */
        void place(int worker, long scratch, int h, long to, RotaryTables tables, int token) {
            long head = scratch + 4L * h * headFloats;
            if (turn != null) {
                long scaled = scratch + 4L * heads * headFloats;
                long turned = write == null ? to : scaled + 4L * headFloats;
                scale.run(worker, head, tables.cosAt(token), scaled);
                turn.run(worker, head, tables.turn.at(0), turned, tables.sinAt(token), scaled);
                head = turned;
            }
            if (write != null) {
                write.run(worker, head, to);
            }
        }
    }
}
