package da3.onednn;

import da3.nn.Precision;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;

/**
 * Self-attention in tasks of one head and some query rows, against all keys.
 *
 * <p>Queries are read where they lie. Keys and values are packed once per head, as the products like them; the scores of
 * a task stay in its core's cache, and no more than {@value #SCORES} of them exist in a worker unless {@value #FEW} rows
 * have more.
 */
final class MultiHeadAttention {

    /** Scores of a task. */
    private static final int SCORES = 1 << 19;

    /** Query rows of a task, at least and at most. */
    private static final int FEW = 32;

    private static final int MANY = 128;

    private final ExecutionContext context;
    private final QkNormRope preparation;

    MultiHeadAttention(ExecutionContext context) {
        this.context = context;
        this.preparation = new QkNormRope(context);
    }

    /** qkv (batch, tokens, 3 x heads x headDim) -> (batch, tokens, heads x headDim). */
    OneDnnTensor apply(OneDnnTensor packed, int heads, QkNorm norm, RotaryPositions positions) {
        int batch = packed.shape[0];
        int n = packed.shape[1];
        int dim = packed.shape[2] / 3;
        int hd = dim / heads;
        OneDnnTensor out = context.memory().tensor(context.precision(), batch, n, dim);
        try (var scope = context.memory().scope()) {
            OneDnnTensor qkv = context.in(context.precision(), packed);
            HeadLayout q = HeadLayout.packed(qkv, 0, heads);
            HeadLayout k = HeadLayout.packed(qkv, 1, heads);
            HeadLayout v = HeadLayout.packed(qkv, 2, heads);
            if (norm != null || positions != null) {
                OneDnnTensor prepared = context.memory().tensor(context.precision(), 2, batch, heads, n, hd);
                preparation.apply(qkv, heads, norm, positions, prepared);
                q = HeadLayout.separate(prepared, 0);
                k = HeadLayout.separate(prepared, 1);
            }
            attend(q, k, v, out, batch, n, heads, hd);
        }
        return out;
    }

    /** Query rows, in tasks. */
    static Tiling queries(int n) {
        return Tiling.atMost(n, Math.max(FEW, Math.min(MANY, SCORES / n)));
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
        Tiling tiling = queries(n);
        PostOp scale = PostOp.scale((float) (1 / Math.sqrt(hd)));
        Kernel[] score = tiling.kernels(m -> kernels.matmul(q.rows(m, hd), keys, null, Layout.dense(m, n), scale));
        Kernel[] softmax = tiling.kernels(
                m -> kernels.softmax(Layout.dense(m, n), Layout.dense(m, n).in(precision)));
        Kernel[] mix = tiling.kernels(m -> kernels.matmul(
                Layout.dense(m, n).in(precision),
                values,
                null,
                Layout.matrix(m, hd, (long) heads * hd).in(precision)));
        long most = ((long) tiling.step() * n + 15) / 16 * 16;
        boolean inPlace = precision == Precision.FLOAT32; // rounded weights lie behind the scores
        OneDnnTensor scores = context.scratch(inPlace ? most : most + most / 2);
        context.threads().forEach(batch * heads * tiling.parts(), (worker, task) -> {
            int part = task % tiling.parts();
            int h = task / tiling.parts();
            long view = h / heads;
            long key = packed.at(h * (keyFloats + valueFloats));
            long logits = ExecutionContext.own(scores, worker);
            long weights = inPlace ? logits : logits + 4 * most;
            score[part].run(worker, q.at(view, h % heads, tiling.from(part)), key, logits);
            softmax[part].run(worker, logits, weights);
            long result = out.at((view * n + tiling.from(part)) * heads * hd + (long) h % heads * hd);
            mix[part].run(worker, weights, key + 4 * keyFloats, result);
        });
    }
}
