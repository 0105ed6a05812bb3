package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Precision;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.autograd.DifferentiableEngine.AttentionGradients;

/**
 * Gradients of self-attention, with one task per head. A task recomputes the scores of one tile of query rows at a time
 * and accumulates the gradients of keys and values over the tiles.
 *
 * <p>With P = softmax(scale Q K^T) and the result O = P V: dV = P^T dO, dP = dO V^T, dS = P (dP - rowsum(dP P)),
 * dQ = scale dS K, dK = scale dS^T Q.
 */
final class AttentionBackward {

    private final ExecutionContext context;

    AttentionBackward(ExecutionContext context) {
        this.context = context;
    }

    /** @param parameters whether to compute the gradients of the query and key norms */
    AttentionGradients apply(
            OneDnnTensor dy,
            OneDnnTensor packed,
            int heads,
            QkNorm norm,
            RotaryPositions positions,
            boolean parameters) {
        int batch = packed.shape[0];
        int n = packed.shape[1];
        int hd = packed.shape[2] / 3 / heads;
        Precision precision = context.precision();
        OneDnnTensor gradient = context.memory().tensor(precision, packed.shape);
        OneDnnTensor norms = norm != null && parameters ? context.memory().tensor(4, hd) : null;
        try (var scope = context.memory().scope()) {
            OneDnnTensor qkv = context.cast(precision, packed);
            OneDnnTensor dOut = context.cast(precision, dy);
            HeadLayout values = HeadLayout.packed(qkv, 2, heads);
            HeadLayout dValues = HeadLayout.packed(gradient, 2, heads);
            if (norm == null && positions == null) {
                attend(
                        new Inputs(HeadLayout.packed(qkv, 0, heads), HeadLayout.packed(qkv, 1, heads), values),
                        new Inputs(
                                HeadLayout.packed(gradient, 0, heads), HeadLayout.packed(gradient, 1, heads), dValues),
                        dOut,
                        heads);
            } else {
                OneDnnTensor dPrepared = context.memory().tensor(2, batch, heads, n, hd);
                Tiling tiling = MultiHeadAttention.queryTiling(n);
                OneDnnTensor prepared = new QkNormRope(context, qkv, heads, norm, positions, tiling).all();
                attend(
                        new Inputs(HeadLayout.separate(prepared, 0), HeadLayout.separate(prepared, 1), values),
                        new Inputs(HeadLayout.separate(dPrepared, 0), HeadLayout.separate(dPrepared, 1), dValues),
                        dOut,
                        heads);
                new QkNormRopeBackward(context).apply(dPrepared, qkv, norm, positions, gradient, norms);
            }
        }
        return norms == null
                ? new AttentionGradients(gradient, null, null, null, null)
                : new AttentionGradients(gradient, row(norms, 0), row(norms, 1), row(norms, 2), row(norms, 3));
    }

    private OneDnnTensor row(OneDnnTensor matrix, int i) {
        OneDnnTensor row = context.memory().tensor(matrix.channels());
        NativeAddress.copy(matrix.at((long) i * matrix.channels()), row.at(0), row.bytes(matrix.channels()));
        return row;
    }

    /** Queries, keys and values, or their gradients. */
    private record Inputs(HeadLayout q, HeadLayout k, HeadLayout v) {}

    private void attend(Inputs x, Inputs dx, OneDnnTensor dy, int heads) {
        int batch = dy.shape[0];
        int n = dy.shape[1];
        Head head = new Head(x, dx, HeadLayout.ofHeads(dy, heads), n, dy.channels() / heads);
        OneDnnTensor scratch = context.scratch(head.floats());
        context.threads()
                .forEach(
                        batch * heads,
                        (worker, i) -> head.run(
                                worker, (long) i / heads, i % heads, ExecutionContext.workerScratch(scratch, worker)));
    }

    /** The primitives that compute the gradients of one head. */
    private final class Head {
        private final Inputs x;
        private final Inputs dx;
        private final HeadLayout dy;
        private final Tiling tiling;
        private final boolean rounds;
        private final Kernel packKeys; // as the right factor of scores
        private final Kernel packValues; // as the right factor of the gradient of weights
        private final Kernel packKeyRows; // as the right factor of the gradient of queries
        private final Kernel[] score;
        private final Kernel[] softmax;
        private final Kernel[] weightGradient;
        private final Kernel[] softmaxBackward;
        private final Kernel[] round; // null in float32
        private final Kernel[] queryGradient;
        private final Kernel[][]
                sums; // gradients of keys or values: the product of the first tile, and those that accumulate
        private final Kernel scaleKeys;
        private final Kernel writeKeys;
        private final Kernel writeValues;
        private final long columnFloats;
        private final long rowFloats;
        private final long scoreFloats;
        private final long sumFloats;

        Head(Inputs x, Inputs dx, HeadLayout dy, int n, int hd) {
            this.x = x;
            this.dx = dx;
            this.dy = dy;
            this.tiling = MultiHeadAttention.queryTiling(n);
            Kernels kernels = context.kernels();
            Precision precision = context.precision();
            this.rounds = precision != Precision.FLOAT32;
            Layout columns = kernels.packedMatrix(hd, n, precision);
            Layout rows = kernels.packedMatrix(n, hd, precision);
            PostOp.Function scale = new PostOp.Function(dnnl_eltwise_linear, (float) (1 / Math.sqrt(hd)), 0);
            this.packKeys = kernels.reorder(x.k.columns(n, hd), columns);
            this.packValues = kernels.reorder(x.v.columns(n, hd), columns);
            this.packKeyRows = kernels.reorder(x.k.rows(n, hd), rows);
            this.score = tiling.kernels(m -> kernels.matmul(x.q.rows(m, hd), columns, null, Layout.dense(m, n), scale));
            this.softmax = tiling.kernels(m -> kernels.softmax(Layout.dense(m, n), Layout.dense(m, n)));
            this.weightGradient =
                    tiling.kernels(m -> kernels.matmul(dy.rows(m, hd), columns, null, Layout.dense(m, n)));
            this.softmaxBackward = tiling.kernels(m -> kernels.backward().softmax(Layout.dense(m, n)));
            this.round = rounds
                    ? tiling.kernels(m -> kernels.reorder(
                            Layout.dense(m, n), Layout.dense(m, n).withPrecision(precision)))
                    : null;
            this.queryGradient = tiling.kernels(m ->
                    kernels.matmul(Layout.dense(m, n).withPrecision(precision), rows, null, dx.q.rows(m, hd), scale));
            this.sums = new Kernel[][] {
                sums(n, hd, x.q, new PostOp[0]), sums(n, hd, x.q, new PostOp.Sum()),
                sums(n, hd, dy, new PostOp[0]), sums(n, hd, dy, new PostOp.Sum())
            };
            this.scaleKeys = kernels.function(Layout.dense((long) n * hd), scale);
            this.writeKeys = kernels.reorder(Layout.dense(n, hd), dx.k.rows(n, hd));
            this.writeValues = kernels.reorder(Layout.dense(n, hd), dx.v.rows(n, hd));
            this.columnFloats = columns.lineFloats();
            this.rowFloats = rows.lineFloats();
            this.scoreFloats = AlignedBuffer.wholeLines((long) tiling.tileSize() * n);
            this.sumFloats = AlignedBuffer.wholeLines((long) n * hd);
        }

        /** Products of (m, n)^T and (m, headDim), where m is the number of rows of a tile. */
        private Kernel[] sums(int n, int hd, HeadLayout right, PostOp... postOps) {
            return tiling.kernels(m -> context.kernels()
                    .matmul(
                            Layout.strided(new long[] {n, m}, 1, n).withPrecision(context.precision()),
                            right.rows(m, hd),
                            null,
                            Layout.dense(n, hd),
                            postOps));
        }

        long floats() {
            return 2 * columnFloats + rowFloats + 2 * sumFloats + (rounds ? 4 : 2) * scoreFloats;
        }

        void run(int worker, long view, long h, long scratch) {
            long keys = scratch;
            long values = keys + 4 * columnFloats;
            long keyRows = values + 4 * columnFloats;
            long dKeys = keyRows + 4 * rowFloats;
            long dValues = dKeys + 4 * sumFloats;
            long weights = dValues + 4 * sumFloats;
            long dScores = weights + 4 * scoreFloats;
            packKeys.run(worker, x.k.at(view, h, 0), keys);
            packValues.run(worker, x.v.at(view, h, 0), values);
            packKeyRows.run(worker, x.k.at(view, h, 0), keyRows);
            for (int tile = 0; tile < tiling.count(); tile++) {
                long queries = x.q.at(view, h, tiling.start(tile));
                long dOut = dy.at(view, h, tiling.start(tile));
                score[tile].run(worker, queries, keys, weights);
                softmax[tile].run(worker, weights, weights);
                weightGradient[tile].run(worker, dOut, values, dScores);
                softmaxBackward[tile].run(worker, weights, dScores, dScores);
                long p = rounded(worker, tile, weights, dScores + 4 * scoreFloats);
                long ds = rounded(worker, tile, dScores, dScores + 8 * scoreFloats);
                queryGradient[tile].run(worker, ds, keyRows, dx.q.at(view, h, tiling.start(tile)));
                int accumulate = tile == 0 ? 0 : 1;
                sums[accumulate][tile].run(worker, ds, queries, dKeys);
                sums[2 + accumulate][tile].run(worker, p, dOut, dValues);
            }
            scaleKeys.run(worker, dKeys, dKeys);
            writeKeys.run(worker, dKeys, dx.k.at(view, h, 0));
            writeValues.run(worker, dValues, dx.v.at(view, h, 0));
        }

        private long rounded(int worker, int tile, long values, long to) {
            if (!rounds) {
                return values;
            }
            round[tile].run(worker, values, to);
            return to;
        }
    }
}
