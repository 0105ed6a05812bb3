package da3.onednn;

import da3.nn.Precision;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;

/**
 * Self-attention. A task computes one tile of query rows of one head against all keys.
 *
 * <p>Queries are read in place. Keys and values are packed once per head into the layout that is fastest for products.
 * The scores of a tile fit in a core's cache: there are at most {@value #MAX_SCORES}, unless {@value #MIN_TILE_ROWS}
 * rows have more.
 */
final class MultiHeadAttention {

    private static final int MAX_SCORES = 1 << 19;

    private static final int MIN_TILE_ROWS = 32;

    private static final int MAX_TILE_ROWS = 256;

    private final ExecutionContext context;
    private final QkNormRope qkNormRope;

    MultiHeadAttention(ExecutionContext context) {
        this.context = context;
        this.qkNormRope = new QkNormRope(context);
    }

    /** qkv (batch, tokens, 3 x heads x headDim) -> (batch, tokens, heads x headDim). */
    OneDnnTensor apply(OneDnnTensor packed, int heads, QkNorm norm, RotaryPositions positions) {
        int batch = packed.shape[0];
        int n = packed.shape[1];
        int dim = packed.shape[2] / 3;
        int hd = dim / heads;
        OneDnnTensor out = context.memory().tensor(context.precision(), batch, n, dim);
        try (var scope = context.memory().scope()) {
            OneDnnTensor qkv = context.cast(context.precision(), packed);
            HeadLayout q = HeadLayout.packed(qkv, 0, heads);
            HeadLayout k = HeadLayout.packed(qkv, 1, heads);
            HeadLayout v = HeadLayout.packed(qkv, 2, heads);
            if (norm != null || positions != null) {
                OneDnnTensor prepared = context.memory().tensor(context.precision(), 2, batch, heads, n, hd);
                qkNormRope.apply(qkv, heads, norm, positions, prepared);
                q = HeadLayout.separate(prepared, 0);
                k = HeadLayout.separate(prepared, 1);
            }
            attend(q, k, v, out, batch, n, heads, hd);
        }
        return out;
    }

    /** Returns the tiles of n query rows. */
    static Tiling queryTiling(int n) {
        return Tiling.of(n, Math.max(MIN_TILE_ROWS, Math.min(MAX_TILE_ROWS, MAX_SCORES / n)));
    }

    private void attend(
            HeadLayout q, HeadLayout k, HeadLayout v, OneDnnTensor out, int batch, int n, int heads, int hd) {
        Kernels kernels = context.kernels();
        Precision precision = context.precision();
        Layout keys = kernels.packedMatrix(hd, n, precision);
        Layout values = kernels.packedMatrix(n, hd, precision);
        long keyFloats = (keys.floats() + 15) / 16 * 16;
        long valueFloats = (values.floats() + 15) / 16 * 16;
        OneDnnTensor packed =
                context.memory().tensor(batch * heads, Math.toIntExact((keyFloats + valueFloats) / 16), 16);
        Kernel packKeys = kernels.reorder(k.columns(n, hd), keys);
        Kernel packValues = kernels.reorder(v.rows(n, hd), values);
        context.threads().forEach(batch * heads, (worker, h) -> {
            long to = packed.at(h * (keyFloats + valueFloats));
            packKeys.run(worker, k.at(h / heads, h % heads, 0), to);
            packValues.run(worker, v.at(h / heads, h % heads, 0), to + 4 * keyFloats);
        });
        Tiling tiling = queryTiling(n);
        PostOp scale = PostOp.scale((float) (1 / Math.sqrt(hd)));
        Kernel[] score = tiling.kernels(m -> kernels.matmul(q.rows(m, hd), keys, null, Layout.dense(m, n), scale));
        Kernel[] softmax = tiling.kernels(
                m -> kernels.softmax(Layout.dense(m, n), Layout.dense(m, n).withPrecision(precision)));
        Kernel[] weightedSum = tiling.kernels(m -> kernels.matmul(
                Layout.dense(m, n).withPrecision(precision),
                values,
                null,
                Layout.matrix(m, hd, (long) heads * hd).withPrecision(precision)));
        long scoreFloats = ((long) tiling.tileSize() * n + 15) / 16 * 16;
        boolean inPlace = precision == Precision.FLOAT32; // otherwise rounded weights follow the scores
        OneDnnTensor scores = context.scratch(inPlace ? scoreFloats : scoreFloats + scoreFloats / 2);
        context.threads().forEach(batch * heads * tiling.count(), (worker, task) -> {
            int tile = task % tiling.count();
            int h = task / tiling.count();
            long view = h / heads;
            long key = packed.at(h * (keyFloats + valueFloats));
            long logits = ExecutionContext.workerScratch(scores, worker);
            long weights = inPlace ? logits : logits + 4 * scoreFloats;
            score[tile].run(worker, q.at(view, h % heads, tiling.start(tile)), key, logits);
            softmax[tile].run(worker, logits, weights);
            long result = out.at((view * n + tiling.start(tile)) * heads * hd + (long) h % heads * hd);
            weightedSum[tile].run(worker, weights, key + 4 * keyFloats, result);
        });
    }
}
