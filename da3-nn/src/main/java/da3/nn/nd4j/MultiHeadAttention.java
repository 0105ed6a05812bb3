package da3.nn.nd4j;

import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Square;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Self-attention, head by head and in blocks of query rows, with at most {@value #MAX_SCORES} scores at a time.
 */
final class MultiHeadAttention {

    /** A block of scores has 4 MiB, which fits in the last-level cache. */
    private static final int MAX_SCORES = 1 << 20;

    private final TensorMemory memory;
    private final ConstantArrays constants;
    private final RotaryEmbedding rotary;

    MultiHeadAttention(TensorMemory memory, ConstantArrays constants, RotaryEmbedding rotary) {
        this.memory = memory;
        this.constants = constants;
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
            Nd4jTensor scores = memory.tensor(blockRows(n), n);
            for (int h = 0; h < batch * heads; h++) {
                attend(split, h, scores, attended);
            }
            out.as(batch, n, heads, hd).assign(attended.array.permute(0, 2, 1, 3));
        }
        return out;
    }

    /** Returns the number of query rows in a block. */
    static int blockRows(int tokens) {
        return Math.max(1, Math.min(tokens, MAX_SCORES / tokens));
    }

    /** Returns the scale of queries. */
    static float scale(int headDim) {
        return (float) (1 / Math.sqrt(headDim));
    }

    /** Separates heads: (batch, tokens, 3 x heads x headDim) -> (3, batch, heads, tokens, headDim). */
    Nd4jTensor split(Nd4jTensor qkv, int heads) {
        int batch = qkv.shape[0];
        int n = qkv.shape[1];
        int hd = qkv.shape[2] / (3 * heads);
        Nd4jTensor split = memory.tensor(3, batch, heads, n, hd);
        split.array.assign(qkv.as(batch, n, 3, heads, hd).permute(2, 0, 3, 1, 4));
        return split;
    }

    /** Like {@link #split}, with normalized and rotated queries and keys, and scaled queries. */
    Nd4jTensor prepared(Nd4jTensor qkv, int headsPerView, QkNorm norm, RotaryPositions positions) {
        Nd4jTensor split = split(qkv, headsPerView);
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

    /** Computes one head of one batch entry, block by block. */
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
            long start = first + (long) from * hd;
            attend(split.part(start, rows, hd), k, v, scores, attended.part(start, rows, hd));
        }
    }

    /** Computes softmax(q k^T) v for a block of scaled query rows. */
    private static void attend(INDArray q, INDArray k, INDArray v, Nd4jTensor scores, INDArray out) {
        Nd.matmul(probabilities(q, k, scores), v, false, out);
    }

    /** Returns softmax(q k^T) for a block of scaled query rows, in the memory of scores: (rows, tokens). */
    static INDArray probabilities(INDArray q, INDArray k, Nd4jTensor scores) {
        int rows = (int) q.size(0);
        int n = (int) k.size(0);
        INDArray s = scores.as(rows, n);
        Nd.matmul(q, k, true, s);
        Nd.softmax(scores.as(1, rows, n));
        return s;
    }

    /**
     * Applies a layer norm to the rows of all heads. Rows are short, so the mean is subtracted by a product with the
     * centering matrix I - 1/headDim.
     */
    private void normalize(INDArray rows, Parameter weight, Parameter bias, QkNorm norm) {
        int n = (int) rows.size(0);
        int hd = (int) rows.size(1);
        try (var scope = memory.scope()) {
            INDArray centered = memory.tensor(n, hd).array;
            Nd.matmul(rows, constants.centering(hd), false, centered);
            INDArray deviation = memory.tensor(n, 1).array;
            Nd4j.getExecutioner().exec(new Square(centered, rows));
            Nd.matmul(rows, constants.average(hd), false, deviation);
            deviation.addi(norm.epsilon());
            Nd4j.getExecutioner().exec(new RSqrt(deviation, deviation));
            Nd.exec("multiply", rows, centered, deviation);
            Nd.exec("multiply", rows, rows, Nd4jParameter.prepared(weight).as(hd));
            Nd.addRow(rows, Nd4jParameter.prepared(bias).as(hd));
        }
    }
}
