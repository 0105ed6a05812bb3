package da3.onednn;

import da3.nn.Precision;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import java.nio.FloatBuffer;

/**
 * Self-attention. A task computes one tile of query rows of one head against all keys.
 *
 * <p>Keys and values are packed once per head into the layout that is fastest for products. Norms and rotary positions
 * are applied to keys right before they are packed, and to a tile of queries right before its scores are computed;
 * without them, queries are read in place. The scores of a tile fit in a core's cache: there are at most
 * {@value #MAX_SCORES} without padding, unless {@value #MIN_TILE_ROWS} rows have more.
 *
 * <p>In bfloat16, rows of scores are padded with negative infinity, and values with zeros; see {@link #columns}.
 */
final class MultiHeadAttention {

    private static final int MAX_SCORES = 1 << 19;

    private static final int MIN_TILE_ROWS = 32;

    private static final int MAX_TILE_ROWS = 256;

    /** AMX multiplies blocks of this many rows. */
    private static final int ROW_MULTIPLE = 16;

    /** With AMX, a product in bfloat16 takes up to twice as long if its number of terms is not a multiple of this. */
    private static final int COLUMN_MULTIPLE = 32;

    /** Rows whose distance is a multiple of this many values compete for the same cache lines. */
    private static final int SLOW_COLUMN_MULTIPLE = 256;

    private final ExecutionContext context;

    MultiHeadAttention(ExecutionContext context) {
        this.context = context;
    }

    /** Returns the tiles of n query rows. */
    static Tiling queryTiling(int n) {
        return Tiling.of(n, maxTileRows(n)).withMultiplesOf(ROW_MULTIPLE);
    }

    /**
     * Returns the tiles of n query rows, chosen so that all threads get about equally many tasks; the last tile may be
     * smaller. The result of a row does not depend on its tile.
     *
     * @param heads number of heads in all views together
     * @param workers number of threads
     */
    static Tiling queryTiling(int n, int heads, int workers) {
        return heads % workers == 0
                ? queryTiling(n)
                : Tiling.balanced(n, maxTileRows(n), MIN_TILE_ROWS, workers).withMultiplesOf(ROW_MULTIPLE);
    }

    private static int maxTileRows(int n) {
        int rows = Math.max(MIN_TILE_ROWS, Math.min(MAX_TILE_ROWS, MAX_SCORES / n));
        return rows / ROW_MULTIPLE * ROW_MULTIPLE;
    }

    /** Returns the length of a row of scores for n keys, with padding. */
    static int columns(int n, Precision precision) {
        if (precision == Precision.FLOAT32) {
            return n;
        }
        int columns = Tiling.roundUp(n, COLUMN_MULTIPLE);
        return columns % SLOW_COLUMN_MULTIPLE == 0 ? columns + COLUMN_MULTIPLE : columns;
    }

    /** qkv (batch, tokens, 3 x heads x headDim) -> (batch, tokens, heads x headDim). */
    OneDnnTensor apply(OneDnnTensor packed, int heads, QkNorm norm, RotaryPositions positions) {
        int n = packed.shape[1];
        int dim = packed.shape[2] / 3;
        Tiling tiling =
                queryTiling(n, packed.shape[0] * heads, context.threads().workers());
        OneDnnTensor out = context.memory().tensor(context.precision(), packed.shape[0], n, dim);
        try (var scope = context.memory().scope()) {
            OneDnnTensor qkv = context.cast(context.precision(), packed);
            QkNormRope qkNormRope = norm == null && positions == null
                    ? null
                    : new QkNormRope(context, qkv, heads, norm, positions, tiling);
            PackedKeysValues keysValues =
                    new PackedKeysValues(context, qkv, heads, qkNormRope, tiling, columns(n, context.precision()));
            attend(qkv, heads, qkNormRope, keysValues, tiling, out);
        }
        return out;
    }

    /** Returns the size of a worker's scratch memory in floats: its scores, softmax weights, and transformed queries. */
    static long scratchFloats(Tiling tiling, int headDim, Precision precision, boolean transformed) {
        long queries = transformed ? QkNormRope.tileFloats(tiling.tileSize(), headDim, precision) : 0;
        long scores = scoreFloats(tiling, precision);
        return queries + (precision == Precision.FLOAT32 ? scores : scores + scores / 2);
    }

    private static long scoreFloats(Tiling tiling, Precision precision) {
        return AlignedBuffer.wholeLines((long) tiling.tileSize() * columns(tiling.size(), precision));
    }

    private void attend(
            OneDnnTensor qkv,
            int heads,
            QkNormRope qkNormRope,
            PackedKeysValues packed,
            Tiling tiling,
            OneDnnTensor out) {
        int n = tiling.size();
        int hd = out.channels() / heads;
        Kernels kernels = context.kernels();
        Precision precision = context.precision();
        int columns = columns(n, precision);
        HeadLayout q = HeadLayout.packed(qkv, 0, heads);
        HeadLayout y = HeadLayout.ofHeads(out, heads);
        PostOp scale = PostOp.scale((float) (1 / Math.sqrt(hd)));
        Kernel[] score = tiling.kernels(m -> kernels.matmul(
                qkNormRope == null ? q.rows(m, hd) : Layout.dense(m, hd).withPrecision(precision),
                packed.keys,
                null,
                Layout.matrix(m, n, columns),
                scale));
        Kernel[] softmax = tiling.kernels(m -> kernels.softmax(
                Layout.dense(m, columns), Layout.dense(m, columns).withPrecision(precision)));
        Kernel[] weightedSum = tiling.kernels(m ->
                kernels.matmul(Layout.dense(m, columns).withPrecision(precision), packed.values, null, y.rows(m, hd)));
        long scoreFloats = scoreFloats(tiling, precision);
        boolean inPlace = precision == Precision.FLOAT32; // otherwise rounded weights follow the scores
        OneDnnTensor scratch = context.scratch(scratchFloats(tiling, hd, precision, qkNormRope != null));
        for (int worker = 0; worker < context.threads().workers(); worker++) {
            pad(ExecutionContext.workerScratch(scratch, worker), tiling.tileSize(), n, columns);
        }
        context.threads().forEach(out.shape[0] * heads * tiling.count(), (worker, task) -> {
            int tile = task % tiling.count();
            int head = task / tiling.count();
            long view = head / heads;
            long logits = ExecutionContext.workerScratch(scratch, worker);
            long weights = inPlace ? logits : logits + 4 * scoreFloats;
            long queries = q.at(view, head % heads, tiling.start(tile));
            if (qkNormRope != null) {
                queries = weights + precision.bytes() * scoreFloats;
                qkNormRope.queries(worker, view, head % heads, tile, queries);
            }
            score[tile].run(worker, queries, packed.keysAt(head), logits);
            softmax[tile].run(worker, logits, weights);
            weightedSum[tile].run(worker, weights, packed.valuesAt(head), y.at(view, head % heads, tiling.start(tile)));
        });
    }

    /** Gives the padding of scores the weight 0. No tile writes to it. */
    private static void pad(long logits, int rows, int n, int columns) {
        if (n == columns) {
            return;
        }
        FloatBuffer scores = NativeAddress.floats(logits, rows * columns);
        for (int row = 0; row < rows; row++) {
            for (int column = n; column < columns; column++) {
                scores.put(row * columns + column, Float.NEGATIVE_INFINITY);
            }
        }
    }
}
