package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;

/**
 * Gradients of {@link QkNormRope}: rotates back, then goes back through the norms, in tasks of some tokens.
 *
 * <p>The adjoint of x cos + turned(x) sin is dy cos + turned back(dy sin).
 */
final class QkNormRopeBackward {

    private final ExecutionContext context;

    QkNormRopeBackward(ExecutionContext context) {
        this.context = context;
    }

    /**
     * Gradients of queries and keys dy (2, batch, heads, n, headDim) -> gradient (batch, n, 3 x dim), whose values are
     * left alone.
     *
     * @param norm null for none, as are positions, but not both
     * @param norms (4, headDim), where the gradients of the norms go: of queries' weight and bias, and of keys'; null if
     *     not asked for
     */
    void apply(
            OneDnnTensor dy,
            OneDnnTensor qkv,
            QkNorm norm,
            RotaryPositions positions,
            OneDnnTensor gradient,
            OneDnnTensor norms) {
        int batch = dy.shape[1];
        int heads = dy.shape[2];
        int n = dy.shape[3];
        int hd = dy.shape[4];
        Tiling tiling = Tiling.atMost(n, QkNormRope.TOKENS);
        Step[] steps = new Step[tiling.parts()];
        for (int part = 0; part < steps.length; part++) {
            steps[part] = new Step(tiling.length(part), heads, hd, norm, positions != null, qkv, gradient);
        }
        RotaryTables tables = positions == null ? null : new RotaryTables(context, positions);
        long[] gains = norm == null ? new long[2] : new long[] {plain(norm.qWeight()), plain(norm.kWeight())};
        int tasks = batch * tiling.parts();
        try (var scope = context.memory().scope()) {
            OneDnnTensor parts = context.memory().tensor(tasks, 4, hd);
            OneDnnTensor scratch = context.scratch(Step.scratch(tiling.step(), heads, hd));
            context.threads().forEach(tasks, (worker, task) -> {
                Step step = steps[task % tiling.parts()];
                long view = task / tiling.parts();
                int token = tiling.from(task % tiling.parts());
                long own = ExecutionContext.own(scratch, worker);
                for (int i = 0; i < 2; i++) { // queries, keys
                    HeadLayout rows = HeadLayout.separate(dy, i);
                    for (int h = 0; h < heads; h++) {
                        step.turnBack(worker, rows.at(view, h, token), own, h, tables, token);
                    }
                    if (norm != null) {
                        long x = HeadLayout.packed(qkv, i, heads).at(view, 0, token);
                        step.normalize(worker, x, own, gains[i], parts.at((task * 4L + 2 * i) * hd));
                    }
                    step.scatter(
                            worker, own, HeadLayout.packed(gradient, i, heads).at(view, 0, token));
                }
            });
            if (norms != null) {
                new Reductions(context).ofParts(parts, norms.at(0));
            }
        }
    }

    private static long plain(Parameter parameter) {
        return ((OneDnnParameter) parameter).plain();
    }

    /** Primitives for a task of so many tokens. */
    private final class Step {
        private final int hd;
        private final long headFloats;
        private final long floats; // of all heads
        private final Kernel scale; // null without positions, as is the next
        private final Kernel turnBack;
        private final Kernel gather; // to (heads, tokens, headDim); null without norms, as is the next
        private final NormBackward.Step norm;
        private final Kernel scatter;

        Step(int tokens, int heads, int hd, QkNorm norm, boolean rotates, OneDnnTensor qkv, OneDnnTensor gradient) {
            this.hd = hd;
            this.headFloats = (long) tokens * hd;
            this.floats = heads * headFloats;
            long dim = (long) heads * hd;
            Kernels kernels = context.kernels();
            Layout head = Layout.dense(tokens, hd);
            Layout strided = Layout.strided(new long[] {heads, tokens, hd}, hd, 3 * dim, 1);
            Layout dense = Layout.dense(heads, tokens, hd);
            Layout back = Layout.strided(new long[] {hd, hd}, 1, hd);
            this.scale = rotates ? kernels.binary(dnnl_binary_mul, head, head, head) : null;
            this.turnBack = rotates ? kernels.matmul(head, back, null, head, PostOp.plus(head)) : null;
            this.gather = norm == null ? null : kernels.reorder(strided.in(qkv.precision), dense);
            this.norm = norm == null ? null : new NormBackward.Step(context, heads * tokens, hd, norm.epsilon());
            this.scatter = kernels.reorder(dense, strided.in(gradient.precision));
        }

        /** Floats for the gradients, what they are gradients of, and the norms' own or two heads. */
        static long scratch(int tokens, int heads, int hd) {
            long all = (long) heads * tokens * hd;
            return 2 * all + Math.max(NormBackward.Step.scratch(heads * tokens, hd), 2L * tokens * hd);
        }

        /** Turns a head on its way to scratch. */
        void turnBack(int worker, long from, long scratch, int h, RotaryTables tables, int token) {
            long to = scratch + 4 * h * headFloats;
            if (turnBack == null) {
                NativeAddress.copy(from, to, 4 * headFloats);
                return;
            }
            long bySine = scratch + 8 * floats;
            long byCosine = bySine + 4 * headFloats;
            scale.run(worker, from, tables.sinAt(token), bySine);
            scale.run(worker, from, tables.cosAt(token), byCosine);
            turnBack.run(worker, bySine, tables.turn.at(0), to, byCosine);
        }

        /** Goes back through the norm of all heads, in place; the gradients of its weight and bias are a part of sums. */
        void normalize(int worker, long x, long scratch, long gain, long part) {
            long raw = scratch + 4 * floats;
            gather.run(worker, x, raw);
            norm.run(worker, raw, scratch, gain, scratch, part, part + 4L * hd, scratch + 8 * floats);
        }

        void scatter(int worker, long scratch, long to) {
            scatter.run(worker, scratch, to);
        }
    }
}
