package da3.onednn;

import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;

/** Gradients of {@link QkNormRope}, in tiles of tokens: first through the rotation, then through the norms. */
final class QkNormRopeBackward {

    /** The queries and keys of this many tokens fit in a core's cache. */
    private static final int MAX_TILE_TOKENS = 128;

    private final ExecutionContext context;

    QkNormRopeBackward(ExecutionContext context) {
        this.context = context;
    }

    /**
     * Computes the gradients of queries and keys from dy (2, batch, heads, n, headDim). The part of {@code gradient}
     * (batch, n, 3 x dim) that belongs to the attention values is left unchanged.
     *
     * @param norm may be null, like positions, but not both
     * @param norms receives the gradients of query weight, query bias, key weight and key bias, (4, headDim); null to
     *     skip them
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
        Tiling tiling = Tiling.of(n, MAX_TILE_TOKENS);
        RotaryEmbedding rotary = positions == null ? null : new RotaryEmbedding(context, positions);
        Step[] steps = new Step[tiling.count()];
        for (int tile = 0; tile < steps.length; tile++) {
            steps[tile] = new Step(tiling.length(tile), heads, hd, norm, rotary, qkv, gradient);
        }
        long[] weights = norm == null ? new long[2] : new long[] {address(norm.qWeight()), address(norm.kWeight())};
        int tasks = batch * tiling.count();
        try (var scope = context.memory().scope()) {
            OneDnnTensor parts = context.memory().tensor(tasks, 4, hd);
            OneDnnTensor scratch = context.scratch(Step.scratch(tiling.tileSize(), heads, hd));
            context.threads().forEach(tasks, (worker, task) -> {
                Step step = steps[task % tiling.count()];
                long view = task / tiling.count();
                int token = tiling.start(task % tiling.count());
                long own = ExecutionContext.workerScratch(scratch, worker);
                for (int i = 0; i < 2; i++) { // queries, keys
                    HeadLayout rows = HeadLayout.separate(dy, i);
                    for (int h = 0; h < heads; h++) {
                        step.rotateBack(worker, rows.at(view, h, token), own, h, token);
                    }
                    if (norm != null) {
                        long x = HeadLayout.packed(qkv, i, heads).at(view, 0, token);
                        step.normalize(worker, x, own, weights[i], parts.at((task * 4L + 2 * i) * hd));
                    }
                    step.scatter(
                            worker, own, HeadLayout.packed(gradient, i, heads).at(view, 0, token));
                }
            });
            if (norms != null) {
                new Reductions(context).sumParts(parts, norms.at(0));
            }
        }
    }

    private static long address(Parameter parameter) {
        return ((OneDnnParameter) parameter).address();
    }

    /** The primitives for one tile of tokens. */
    private final class Step {
        private final int hd;
        private final long headFloats;
        private final long floats; // of all heads
        private final RotaryEmbedding.Step rotation; // null without positions
        private final Kernel gather; // to (heads, tokens, headDim); null without norms, as is the next field
        private final NormBackward.Step norm;
        private final Kernel scatter;

        Step(
                int tokens,
                int heads,
                int hd,
                QkNorm norm,
                RotaryEmbedding rotary,
                OneDnnTensor qkv,
                OneDnnTensor gradient) {
            this.hd = hd;
            this.headFloats = (long) tokens * hd;
            this.floats = heads * headFloats;
            long dim = (long) heads * hd;
            Kernels kernels = context.kernels();
            Layout strided = Layout.strided(new long[] {heads, tokens, hd}, hd, 3 * dim, 1);
            Layout dense = Layout.dense(heads, tokens, hd);
            this.rotation = rotary == null ? null : rotary.step(tokens);
            this.gather = norm == null ? null : kernels.reorder(strided.withPrecision(qkv.precision), dense);
            this.norm = norm == null ? null : new NormBackward.Step(context, heads * tokens, hd, norm.epsilon());
            this.scatter = kernels.reorder(dense, strided.withPrecision(gradient.precision));
        }

        /** Returns the scratch size in floats: gradients, their inputs, and the scratch of the norms or of a rotation. */
        static long scratch(int tokens, int heads, int hd) {
            long all = (long) heads * tokens * hd;
            return 2 * all + Math.max(NormBackward.Step.scratch(heads * tokens, hd), (long) tokens * hd);
        }

        /** Rotates a head back into scratch memory. */
        void rotateBack(int worker, long from, long scratch, int h, int token) {
            long to = scratch + 4 * h * headFloats;
            if (rotation == null) {
                NativeAddress.copy(from, to, 4 * headFloats);
            } else {
                rotation.rotateBack(worker, from, token, scratch + 8 * floats, to);
            }
        }

        /** Computes the gradients of the norm of all heads in place; those of weight and bias are partial sums. */
        void normalize(int worker, long x, long scratch, long weight, long tile) {
            long raw = scratch + 4 * floats;
            gather.run(worker, x, raw);
            norm.run(worker, raw, scratch, weight, scratch, tile, tile + 4L * hd, scratch + 8 * floats);
        }

        void scatter(int worker, long scratch, long to) {
            scatter.run(worker, scratch, to);
        }
    }
}
