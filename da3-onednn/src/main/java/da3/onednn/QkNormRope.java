package da3.onednn;

import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;

/**
 * Layer norms and rotary positions of the queries and keys of an attention, for one tile of queries or
 * all keys of a head at a time, right before attention needs them.
 */
final class QkNormRope {

    private static final int QUERIES = 0;

    private static final int KEYS = 1;

    private final ExecutionContext context;
    private final OneDnnTensor qkv; // (batch, n, 3 x heads x headDim)
    private final int heads;
    private final Tiling tiling;
    private final HeadLayout[] from; // queries, keys
    private final Affine[] affine; // of queries and keys; null without norms
    private final RotaryEmbedding rotary; // null without positions
    private final Step[] steps; // of each tile

    /** Addresses of the weight and bias of a norm. */
    private record Affine(long weight, long bias) {
        static Affine of(Parameter weight, Parameter bias) {
            return new Affine(((OneDnnParameter) weight).address(), ((OneDnnParameter) bias).address());
        }
    }

    /**
     * @param qkv (batch, n, 3 x heads x headDim)
     * @param norm may be null, like positions, but not both
     * @param tiling of the n tokens
     */
    QkNormRope(
            ExecutionContext context,
            OneDnnTensor qkv,
            int heads,
            QkNorm norm,
            RotaryPositions positions,
            Tiling tiling) {
        this.context = context;
        this.qkv = qkv;
        this.heads = heads;
        this.tiling = tiling;
        this.from = new HeadLayout[] {HeadLayout.packed(qkv, QUERIES, heads), HeadLayout.packed(qkv, KEYS, heads)};
        this.affine = norm == null
                ? null
                : new Affine[] {Affine.of(norm.qWeight(), norm.qBias()), Affine.of(norm.kWeight(), norm.kBias())};
        this.rotary = positions == null ? null : new RotaryEmbedding(context, positions);
        this.steps = new Step[tiling.count()];
        for (int tile = 0; tile < steps.length; tile++) {
            boolean same = tile > 0 && tiling.length(tile) == tiling.length(0);
            steps[tile] = same ? steps[0] : new Step(tiling.length(tile), norm);
        }
    }

    private int headDim() {
        return qkv.shape[2] / 3 / heads;
    }

    /** Returns the layout of the transposed results of a head: (headDim, tokens). */
    static Layout columns(int tokens, int headDim, Precision precision) {
        return Layout.strided(new long[] {headDim, tokens}, 1, headDim).withPrecision(precision);
    }

    /** Returns the floats that {@link #queries} needs for a tile: the result and the intermediate values. */
    static long tileFloats(int tokens, int headDim, Precision precision) {
        return (precision == Precision.FLOAT32 ? 2L : 3L) * tokens * headDim;
    }

    /** Returns the floats that {@link #keys} needs for a head: the result, and the intermediate values of one tile. */
    static long headFloats(Tiling tiling, int headDim, Precision precision) {
        return (long) (tiling.size() - tiling.tileSize()) * headDim + tileFloats(tiling.tileSize(), headDim, precision);
    }

    /**
     * Transforms a tile of the queries of a head.
     *
     * @param to address of the result, (tokens, headDim) without gaps, in the precision of the context, followed by
     *     scratch memory, {@link #tileFloats} together
     */
    void queries(int worker, long view, long head, int tile, long to) {
        run(worker, QUERIES, view, head, tile, to, to + 4L * tiling.length(tile) * headDim());
    }

    /**
     * Transforms the keys of a head.
     *
     * @param to address of the result, (n, headDim) without gaps, in the precision of the context, followed by scratch
     *     memory, {@link #headFloats} together
     */
    void keys(int worker, long view, long head, long to) {
        long scratch = to + 4L * tiling.size() * headDim();
        for (int tile = 0; tile < tiling.count(); tile++) {
            long offset = (long) context.precision().bytes() * tiling.start(tile) * headDim();
            run(worker, KEYS, view, head, tile, to + offset, scratch);
        }
    }

    private void run(int worker, int part, long view, long head, int tile, long to, long scratch) {
        int token = tiling.start(tile);
        steps[tile].run(worker, part, from[part].at(view, head, token), token, to, scratch);
    }

    /** Transforms all queries and keys, in parallel -> (2, batch, heads, n, headDim). */
    OneDnnTensor all() {
        int batch = qkv.shape[0];
        OneDnnTensor out = context.memory().tensor(context.precision(), 2, batch, heads, tiling.size(), headDim());
        try (var scope = context.memory().scope()) {
            OneDnnTensor scratch = context.scratch(tileFloats(tiling.tileSize(), headDim(), context.precision()));
            context.threads().forEach(2 * batch * heads * tiling.count(), (worker, task) -> {
                int tile = task % tiling.count();
                int head = task / tiling.count() % heads;
                int view = task / tiling.count() / heads % batch;
                int part = task / tiling.count() / heads / batch;
                long to = HeadLayout.separate(out, part).at(view, head, tiling.start(tile));
                run(worker, part, view, head, tile, to, ExecutionContext.workerScratch(scratch, worker));
            });
        }
        return out;
    }

    /** The primitives for a number of tokens of a head. */
    private final class Step {
        private final long floats;
        private final Kernel gather; // to (tokens, headDim)
        private final Kernel normalize; // null without norms
        private final RotaryEmbedding.Step rotation; // null without positions
        private final Kernel write; // null in float32

        Step(int tokens, QkNorm norm) {
            int hd = headDim();
            this.floats = (long) tokens * hd;
            Kernels kernels = context.kernels();
            Layout rows = Layout.dense(tokens, hd);
            Layout result = rows.withPrecision(context.precision());
            this.gather = kernels.reorder(from[0].rows(tokens, hd), rows);
            this.normalize = norm == null ? null : kernels.norm(rows, rows, norm.epsilon());
            this.rotation = rotary == null ? null : rotary.step(tokens);
            this.write = context.precision() == Precision.FLOAT32 ? null : kernels.reorder(rows, result);
        }

        void run(int worker, int part, long from, int token, long to, long scratch) {
            long result = write == null ? to : scratch + 4 * floats;
            long x = rotation == null ? result : scratch;
            gather.run(worker, from, x);
            if (normalize != null) {
                normalize.run(worker, x, x, affine[part].weight, affine[part].bias);
            }
            if (rotation != null) {
                rotation.rotate(worker, x, token, result);
            }
            if (write != null) {
                write.run(worker, result, to);
            }
        }
    }
}
