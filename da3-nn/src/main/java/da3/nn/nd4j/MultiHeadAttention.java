package da3.nn.nd4j;

import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Square;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Self-attention, head by head and in blocks of query rows, so that no more than {@value #SCORES} scores exist at a time.
 */
final class MultiHeadAttention {

    /** Floats of one block of scores: 4 MiB, which stays in the last-level cache. */
    private static final int SCORES = 1 << 20;

    private final TensorMemory memory;
    private final ConstantArrays tables;
    private final RotaryEmbedding rotary;

    MultiHeadAttention(TensorMemory memory, ConstantArrays tables, RotaryEmbedding rotary) {
        this.memory = memory;
        this.tables = tables;
        this.rotary = rotary;
    }

    /** qkv (batch, tokens, 3 x heads x headDim) -> (batch, tokens, heads x headDim). */
    Nd4jTensor apply(Nd4jTensor qkv, int heads, QkNorm norm, RotaryPositions positions) {
        int batch = qkv.shape[0];
        int n = qkv.shape[1];
        int hd = qkv.shape[2] / (3 * heads);
        Nd4jTensor out = memory.tensor(batch, n, heads * hd);
        try (var scope = memory.scope()) {
            Nd4jTensor split = prepared(qkv, heads, norm, positions);
            Nd4jTensor attended = memory.tensor(batch, heads, n, hd);
            Nd4jTensor scores = memory.tensor(block(n), n);
            for (int h = 0; h < batch * heads; h++) {
                attend(split, h, scores, attended);
            }
            out.as(batch, n, heads, hd).assign(attended.array.permute(0, 2, 1, 3));
        }
        return out;
    }

    /** Query rows whose scores exist at a time. */
    static int block(int tokens) {
        return Math.max(1, Math.min(tokens, SCORES / tokens));
    }

    /** What queries are multiplied with. */
    static float scale(int headDim) {
        return (float) (1 / Math.sqrt(headDim));
    }

    /** (batch, tokens, 3 x heads x headDim) -> (3, batch, heads, tokens, headDim). */
    Nd4jTensor split(Nd4jTensor qkv, int heads) {
        int batch = qkv.shape[0];
        int n = qkv.shape[1];
        int hd = qkv.shape[2] / (3 * heads);
        Nd4jTensor split = memory.tensor(3, batch, heads, n, hd);
        split.array.assign(qkv.as(batch, n, 3, heads, hd).permute(2, 0, 3, 1, 4));
        return split;
    }

    /** As {@link #split}, queries and keys normed and rotated, and the queries scaled. */
    Nd4jTensor prepared(Nd4jTensor qkv, int headsPerEntry, QkNorm norm, RotaryPositions positions) {
        Nd4jTensor split = split(qkv, headsPerEntry);
        int heads = split.shape[1] * split.shape[2];
        int n = split.shape[3];
        int hd = split.shape[4];
        int part = heads * n * hd;
        for (int i = 0; i < 2; i++) {
            if (norm != null) {
                normalize(
                        split.part((long) i * part, heads * n, hd),
                        i == 0 ? norm.qWeight() : norm.kWeight(),
                        i == 0 ? norm.qBias() : norm.kBias(),
                        norm);
            }
            if (positions != null) {
                rotary.rotate(split, (long) i * part, heads, positions);
            }
        }
        split.part(0, part).muli(scale(hd));
        return split;
    }

    /** One head of one batch entry, block by block. */
    private static void attend(Nd4jTensor split, int head, Nd4jTensor scores, Nd4jTensor attended) {
        int n = split.shape[3];
        int hd = split.shape[4];
        long part = split.size() / 3;
        long first = (long) head * n * hd;
        INDArray k = split.part(part + first, n, hd);
        INDArray v = split.part(2 * part + first, n, hd);
        int block = scores.shape[0];
        for (int from = 0; from < n; from += block) {
            int rows = Math.min(block, n - from);
            long at = first + (long) from * hd;
            attend(split.part(at, rows, hd), k, v, scores, attended.part(at, rows, hd));
        }
    }

    /** softmax(q k^T) v for some rows of queries, already scaled. */
    private static void attend(INDArray q, INDArray k, INDArray v, Nd4jTensor scores, INDArray out) {
        Nd.matmul(probabilities(q, k, scores), v, false, out);
    }

    /** softmax(q k^T) for some rows of queries, already scaled, in the memory of scores: (rows, tokens). */
    static INDArray probabilities(INDArray q, INDArray k, Nd4jTensor scores) {
        int rows = (int) q.size(0);
        int n = (int) k.size(0);
        INDArray s = scores.as(rows, n);
        Nd.matmul(q, k, true, s);
        Nd.softmax(scores.as(1, rows, n));
        return s;
    }

    /**
     * Layer norm of every head's row. A row is short, so taking its mean off is a product with the centering matrix
     * I - 1/headDim.
     */
    private void normalize(INDArray rows, Parameter weight, Parameter bias, QkNorm norm) {
        int n = (int) rows.size(0);
        int hd = (int) rows.size(1);
        try (var scope = memory.scope()) {
            INDArray centered = memory.tensor(n, hd).array;
            Nd.matmul(rows, tables.centering(hd), false, centered);
            INDArray spread = memory.tensor(n, 1).array;
            Nd4j.getExecutioner().exec(new Square(centered, rows));
            Nd.matmul(rows, tables.average(hd), false, spread);
            spread.addi(norm.epsilon());
            Nd4j.getExecutioner().exec(new RSqrt(spread, spread));
            Nd.exec("multiply", rows, centered, spread);
            Nd.exec("multiply", rows, rows, Nd4jEngine.prepared(weight).as(hd));
            Nd.addRow(rows, Nd4jEngine.prepared(bias).as(hd));
        }
    }
}
