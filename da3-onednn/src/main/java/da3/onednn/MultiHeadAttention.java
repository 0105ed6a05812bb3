package da3.onednn;

import da3.nn.Precision;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;

/**
 * Self-attention in tasks of one head and some query rows, against all keys.
 *
 * <p>Queries are read where they lie. Keys and values are packed once per head, as the products like them; the scores of
 * a task stay in its core's cache, and no more than {@value #SCORES} of them exist in a lane unless {@value #FEW} rows
 * have more.
 */
final class MultiHeadAttention {

    /** Scores of a task. */
    private static final int SCORES = 1 << 19;

    /** Query rows of a task, at least and at most. */
    private static final int FEW = 32;

    private static final int MANY = 128;

    private final Machine machine;
    private final HeadPreparation preparation;

    MultiHeadAttention(Machine machine) {
        this.machine = machine;
        this.preparation = new HeadPreparation(machine);
    }

    /** qkv (batch, tokens, 3 x heads x headDim) -> (batch, tokens, heads x headDim). */
    OneDnnTensor apply(OneDnnTensor packed, int heads, QkNorm norm, RotaryPositions positions) {
        int batch = packed.shape[0];
        int n = packed.shape[1];
        int dim = packed.shape[2] / 3;
        int hd = dim / heads;
        OneDnnTensor out = machine.memory().tensor(machine.precision(), batch, n, dim);
        try (var scope = machine.memory().scope()) {
            OneDnnTensor qkv = machine.in(machine.precision(), packed);
            HeadRows q = HeadRows.packed(qkv, 0, heads);
            HeadRows k = HeadRows.packed(qkv, 1, heads);
            HeadRows v = HeadRows.packed(qkv, 2, heads);
            if (norm != null || positions != null) {
                OneDnnTensor prepared = machine.memory().tensor(machine.precision(), 2, batch, heads, n, hd);
                preparation.apply(qkv, heads, norm, positions, prepared);
                q = HeadRows.separate(prepared, 0);
                k = HeadRows.separate(prepared, 1);
            }
            attend(q, k, v, out, batch, n, heads, hd);
        }
        return out;
    }

    /** Query rows, in tasks. */
    static Cut queries(int n) {
        return Cut.atMost(n, Math.max(FEW, Math.min(MANY, SCORES / n)));
    }

    private void attend(HeadRows q, HeadRows k, HeadRows v, OneDnnTensor out, int batch, int n, int heads, int hd) {
        Kernels kernels = machine.kernels();
        Precision precision = machine.precision();
        Layout keys = kernels.packedMatrix(hd, n, precision);
        Layout values = kernels.packedMatrix(n, hd, precision);
        long keyFloats = (keys.floats() + 15) / 16 * 16;
        long valueFloats = (values.floats() + 15) / 16 * 16;
        OneDnnTensor packed =
                machine.memory().tensor(batch * heads, Math.toIntExact((keyFloats + valueFloats) / 16), 16);
        Kernel packKeys = kernels.reorder(k.columns(n, hd), keys);
        Kernel packValues = kernels.reorder(v.rows(n, hd), values);
        machine.crew().forEach(batch * heads, (lane, h) -> {
            long to = packed.at(h * (keyFloats + valueFloats));
            packKeys.run(lane, k.at(h / heads, h % heads, 0), to);
            packValues.run(lane, v.at(h / heads, h % heads, 0), to + 4 * keyFloats);
        });
        Cut cut = queries(n);
        PostOp scale = PostOp.scale((float) (1 / Math.sqrt(hd)));
        Kernel[] score = cut.kernels(m -> kernels.matmul(q.rows(m, hd), keys, null, Layout.dense(m, n), scale));
        Kernel[] softmax = cut.kernels(
                m -> kernels.softmax(Layout.dense(m, n), Layout.dense(m, n).in(precision)));
        Kernel[] mix = cut.kernels(m -> kernels.matmul(
                Layout.dense(m, n).in(precision),
                values,
                null,
                Layout.matrix(m, hd, (long) heads * hd).in(precision)));
        long most = ((long) cut.step() * n + 15) / 16 * 16;
        boolean inPlace = precision == Precision.FLOAT32; // rounded weights lie behind the scores
        OneDnnTensor scores = machine.scratch(inPlace ? most : most + most / 2);
        machine.crew().forEach(batch * heads * cut.parts(), (lane, task) -> {
            int part = task % cut.parts();
            int h = task / cut.parts();
            long view = h / heads;
            long key = packed.at(h * (keyFloats + valueFloats));
            long logits = Machine.own(scores, lane);
            long weights = inPlace ? logits : logits + 4 * most;
            score[part].run(lane, q.at(view, h % heads, cut.from(part)), key, logits);
            softmax[part].run(lane, logits, weights);
            long result = out.at((view * n + cut.from(part)) * heads * hd + (long) h % heads * hd);
            mix[part].run(lane, weights, key + 4 * keyFloats, result);
        });
    }
}
