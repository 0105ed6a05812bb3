package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Precision;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.autograd.DifferentiableEngine.AttentionGradients;

/**
 * Gradients of self-attention, a task a head: the scores of some query rows at a time are computed anew, and the gradients
 * of keys and values are summed over them.
 *
 * <p>With P = softmax(scale Q K^T) and the result O = P V: dV = P^T dO, dP = dO V^T, dS = P (dP - rowsum(dP P)),
 * dQ = scale dS K, dK = scale dS^T Q.
 */
final class AttentionBackward {

    private final Machine machine;

    AttentionBackward(Machine machine) {
        this.machine = machine;
    }

    /** @param parameters whether the gradients of the query and key norms are asked for */
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
        Precision precision = machine.precision();
        OneDnnTensor gradient = machine.memory().tensor(precision, packed.shape);
        OneDnnTensor norms = norm != null && parameters ? machine.memory().tensor(4, hd) : null;
        try (var scope = machine.memory().scope()) {
            OneDnnTensor qkv = machine.in(precision, packed);
            OneDnnTensor dOut = machine.in(precision, dy);
            HeadRows values = HeadRows.packed(qkv, 2, heads);
            HeadRows dValues = HeadRows.packed(gradient, 2, heads);
            if (norm == null && positions == null) {
                attend(
                        new Inputs(HeadRows.packed(qkv, 0, heads), HeadRows.packed(qkv, 1, heads), values),
                        new Inputs(HeadRows.packed(gradient, 0, heads), HeadRows.packed(gradient, 1, heads), dValues),
                        dOut,
                        heads);
            } else {
                OneDnnTensor prepared = machine.memory().tensor(precision, 2, batch, heads, n, hd);
                OneDnnTensor dPrepared = machine.memory().tensor(2, batch, heads, n, hd);
                new HeadPreparation(machine).apply(qkv, heads, norm, positions, prepared);
                attend(
                        new Inputs(HeadRows.separate(prepared, 0), HeadRows.separate(prepared, 1), values),
                        new Inputs(HeadRows.separate(dPrepared, 0), HeadRows.separate(dPrepared, 1), dValues),
                        dOut,
                        heads);
                new HeadPreparationBackward(machine).apply(dPrepared, qkv, norm, positions, gradient, norms);
            }
        }
        return norms == null
                ? new AttentionGradients(gradient, null, null, null, null)
                : new AttentionGradients(gradient, row(norms, 0), row(norms, 1), row(norms, 2), row(norms, 3));
    }

    private OneDnnTensor row(OneDnnTensor matrix, int i) {
        OneDnnTensor row = machine.memory().tensor(matrix.channels());
        Address.copy(matrix.at((long) i * matrix.channels()), row.at(0), row.bytes(matrix.channels()));
        return row;
    }

    /** Queries, keys and values, or their gradients. */
    private record Inputs(HeadRows q, HeadRows k, HeadRows v) {}

    private void attend(Inputs x, Inputs dx, OneDnnTensor dy, int heads) {
        int batch = dy.shape[0];
        int n = dy.shape[1];
        Head head = new Head(x, dx, HeadRows.ofHeads(dy, heads), n, dy.channels() / heads);
        OneDnnTensor scratch = machine.scratch(head.floats());
        machine.crew()
                .forEach(
                        batch * heads,
                        (lane, i) -> head.run(lane, (long) i / heads, i % heads, Machine.own(scratch, lane)));
    }

    /** What computes the gradients of one head. */
    private final class Head {
        private final Inputs x;
        private final Inputs dx;
        private final HeadRows dy;
        private final Cut cut;
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
        private final Kernel[][] sums; // of the gradients of keys or values: the first product, and those added
        private final Kernel scaleKeys;
        private final Kernel writeKeys;
        private final Kernel writeValues;
        private final long columnFloats;
        private final long rowFloats;
        private final long scoreFloats;
        private final long sumFloats;

        Head(Inputs x, Inputs dx, HeadRows dy, int n, int hd) {
            this.x = x;
            this.dx = dx;
            this.dy = dy;
            this.cut = MultiHeadAttention.queries(n);
            Kernels kernels = machine.kernels();
            Precision precision = machine.precision();
            this.rounds = precision != Precision.FLOAT32;
            Layout columns = kernels.packedMatrix(hd, n, precision);
            Layout rows = kernels.packedMatrix(n, hd, precision);
            PostOp.Function scale = new PostOp.Function(dnnl_eltwise_linear, (float) (1 / Math.sqrt(hd)), 0);
            this.packKeys = kernels.reorder(x.k.columns(n, hd), columns);
            this.packValues = kernels.reorder(x.v.columns(n, hd), columns);
            this.packKeyRows = kernels.reorder(x.k.rows(n, hd), rows);
            this.score = cut.kernels(m -> kernels.matmul(x.q.rows(m, hd), columns, null, Layout.dense(m, n), scale));
            this.softmax = cut.kernels(m -> kernels.softmax(Layout.dense(m, n), Layout.dense(m, n)));
            this.weightGradient = cut.kernels(m -> kernels.matmul(dy.rows(m, hd), columns, null, Layout.dense(m, n)));
            this.softmaxBackward = cut.kernels(m -> kernels.backward().softmax(Layout.dense(m, n)));
            this.round = rounds
                    ? cut.kernels(m -> kernels.reorder(
                            Layout.dense(m, n), Layout.dense(m, n).in(precision)))
                    : null;
            this.queryGradient = cut.kernels(
                    m -> kernels.matmul(Layout.dense(m, n).in(precision), rows, null, dx.q.rows(m, hd), scale));
            this.sums = new Kernel[][] {
                sums(n, hd, x.q, new PostOp[0]), sums(n, hd, x.q, new PostOp.Sum()),
                sums(n, hd, dy, new PostOp[0]), sums(n, hd, dy, new PostOp.Sum())
            };
            this.scaleKeys = kernels.function(Layout.dense((long) n * hd), scale);
            this.writeKeys = kernels.reorder(Layout.dense(n, hd), dx.k.rows(n, hd));
            this.writeValues = kernels.reorder(Layout.dense(n, hd), dx.v.rows(n, hd));
            this.columnFloats = lines(columns.floats());
            this.rowFloats = lines(rows.floats());
            this.scoreFloats = lines((long) cut.step() * n);
            this.sumFloats = lines((long) n * hd);
        }

        /** (m, n)^T times (m, headDim), for every part's rows m. */
        private Kernel[] sums(int n, int hd, HeadRows right, PostOp... after) {
            return cut.kernels(m -> machine.kernels()
                    .matmul(
                            Layout.strided(new long[] {n, m}, 1, n).in(machine.precision()),
                            right.rows(m, hd),
                            null,
                            Layout.dense(n, hd),
                            after));
        }

        private static long lines(long floats) {
            return (floats + 15) / 16 * 16;
        }

        long floats() {
            return 2 * columnFloats + rowFloats + 2 * sumFloats + (rounds ? 4 : 2) * scoreFloats;
        }

        void run(int lane, long view, long h, long scratch) {
            long keys = scratch;
            long values = keys + 4 * columnFloats;
            long keyRows = values + 4 * columnFloats;
            long dKeys = keyRows + 4 * rowFloats;
            long dValues = dKeys + 4 * sumFloats;
            long weights = dValues + 4 * sumFloats;
            long dScores = weights + 4 * scoreFloats;
            packKeys.run(lane, x.k.at(view, h, 0), keys);
            packValues.run(lane, x.v.at(view, h, 0), values);
            packKeyRows.run(lane, x.k.at(view, h, 0), keyRows);
            for (int part = 0; part < cut.parts(); part++) {
                long queries = x.q.at(view, h, cut.from(part));
                long dOut = dy.at(view, h, cut.from(part));
                score[part].run(lane, queries, keys, weights);
                softmax[part].run(lane, weights, weights);
                weightGradient[part].run(lane, dOut, values, dScores);
                softmaxBackward[part].run(lane, weights, dScores, dScores);
                long p = rounded(lane, part, weights, dScores + 4 * scoreFloats);
                long ds = rounded(lane, part, dScores, dScores + 8 * scoreFloats);
                queryGradient[part].run(lane, ds, keyRows, dx.q.at(view, h, cut.from(part)));
                int later = part == 0 ? 0 : 1;
                sums[later][part].run(lane, ds, queries, dKeys);
                sums[2 + later][part].run(lane, p, dOut, dValues);
            }
            scaleKeys.run(lane, dKeys, dKeys);
            writeKeys.run(lane, dKeys, dx.k.at(view, h, 0));
            writeValues.run(lane, dValues, dx.v.at(view, h, 0));
        }

        private long rounded(int lane, int part, long values, long to) {
            if (!rounds) {
                return values;
            }
            round[part].run(lane, values, to);
            return to;
        }
    }
}
