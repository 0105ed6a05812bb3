package da3.nn.nd4j;

import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.autograd.DifferentiableEngine.AttentionGradients;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradients of {@link MultiHeadAttention}, head by head and in the same blocks of query rows. Scores are
 * recomputed.
 *
 * <p>With P the softmax of the scores S = Q K^T and O = P V: dV = P^T dO, dP = dO V^T, dS = P (dP - rowsum(dO O))
 * element by element, dQ = dS K and dK = dS^T Q (FlashAttention; Dao et al., 2022).
 */
final class AttentionBackward {

    private final TensorMemory memory;
    private final MultiHeadAttention forward;
    private final RotaryEmbedding rotary;
    private final LayerNormalization layerNorm;
    private final Arithmetic arithmetic;

    AttentionBackward(
            TensorMemory memory,
            MultiHeadAttention forward,
            RotaryEmbedding rotary,
            LayerNormalization layerNorm,
            Arithmetic arithmetic) {
        this.memory = memory;
        this.forward = forward;
        this.rotary = rotary;
        this.layerNorm = layerNorm;
        this.arithmetic = arithmetic;
    }

    /**
     * @param dy (batch, tokens, heads x headDim), like {@code y}
     * @param qkv (batch, tokens, 3 x heads x headDim)
     */
    AttentionGradients apply(
            Nd4jTensor dy,
            Nd4jTensor y,
            Nd4jTensor qkv,
            int heads,
            QkNorm norm,
            RotaryPositions positions,
            boolean parameters) {
        int batch = qkv.shape[0];
        int n = qkv.shape[1];
        int hd = qkv.shape[2] / (3 * heads);
        Nd4jTensor out = memory.tensor(qkv.shape);
        Nd4jTensor[] normGradients = new Nd4jTensor[4]; // weight and bias of queries, then of keys
        for (int i = 0; i < 4 && parameters && norm != null; i++) {
            normGradients[i] = memory.tensor(hd);
            normGradients[i].array.assign(0);
        }
        try (var scope = memory.scope()) {
            Nd4jTensor gradients = memory.tensor(3, batch, heads, n, hd);
            headGradients(dy, y, qkv, heads, norm, positions, gradients);
            int part = gradients.size() / 3;
            gradients.part(0, part).muli(MultiHeadAttention.scale(hd));
            for (int i = 0; i < 2 && positions != null; i++) {
                rotary.rotateBack(gradients, (long) i * part, batch * heads, positions);
            }
            if (norm != null) {
                normBackward(gradients, 0, qkv, norm.qWeight(), norm.epsilon(), normGradients[0], normGradients[1]);
                normBackward(gradients, 1, qkv, norm.kWeight(), norm.epsilon(), normGradients[2], normGradients[3]);
            }
            out.as(batch, n, 3, heads, hd).assign(gradients.array.permute(1, 3, 0, 2, 4));
        }
        return new AttentionGradients(out, normGradients[0], normGradients[1], normGradients[2], normGradients[3]);
    }

    /**
     * Computes the gradients of scaled queries, keys and values after norms and rotation: (3, batch, heads, tokens,
     * headDim).
     */
    private void headGradients(
            Nd4jTensor dy,
            Nd4jTensor y,
            Nd4jTensor qkv,
            int heads,
            QkNorm norm,
            RotaryPositions positions,
            Nd4jTensor gradients) {
        int n = gradients.shape[3];
        try (var scope = memory.scope()) {
            Nd4jTensor split = forward.prepared(qkv, heads, norm, positions);
            Nd4jTensor dOut = perHead(dy, heads);
            Nd4jTensor rowSums = memory.tensor(dOut.rows(), 1); // rowsum(dO O)
            Nd4jTensor products = perHead(y, heads);
            products.array.muli(dOut.array);
            arithmetic.sumChannels(products.matrix(), rowSums.array);
            int block = MultiHeadAttention.blockRows(n);
            Nd4jTensor scores = memory.tensor(block, n);
            Nd4jTensor dScores = memory.tensor(block, n);
            gradients.array.assign(0);
            for (int head = 0; head < split.shape[1] * heads; head++) {
                for (int from = 0; from < n; from += block) {
                    addBlock(split, dOut, rowSums, head, from, Math.min(block, n - from), scores, dScores, gradients);
                }
            }
        }
    }

    /** Adds the contribution of a block of query rows of one head. */
    private static void addBlock(
            Nd4jTensor split,
            Nd4jTensor dOut,
            Nd4jTensor rowSums,
            int head,
            int from,
            int rows,
            Nd4jTensor scores,
            Nd4jTensor dScores,
            Nd4jTensor gradients) {
        int n = split.shape[3];
        int hd = split.shape[4];
        long part = split.size() / 3;
        long first = (long) head * n * hd;
        long start = first + (long) from * hd;
        INDArray q = split.part(start, rows, hd);
        INDArray k = split.part(part + first, n, hd);
        INDArray v = split.part(2 * part + first, n, hd);
        INDArray dO = dOut.part(start, rows, hd);
        INDArray p = MultiHeadAttention.probabilities(q, k, scores);
        INDArray ds = dScores.as(rows, n);
        Nd.addMatmul(p, true, dO, gradients.part(2 * part + first, n, hd));
        Nd.matmul(dO, v, true, ds);
        Nd.exec("subtract", ds, ds, rowSums.part((long) head * n + from, rows, 1));
        ds.muli(p);
        Nd.matmul(ds, k, false, gradients.part(start, rows, hd));
        Nd.addMatmul(ds, true, q, gradients.part(part + first, n, hd));
    }

    /** (batch, tokens, heads x headDim) -> (batch, heads, tokens, headDim). */
    private Nd4jTensor perHead(Nd4jTensor x, int heads) {
        int batch = x.shape[0];
        int n = x.shape[1];
        int hd = x.shape[2] / heads;
        Nd4jTensor out = memory.tensor(batch, heads, n, hd);
        out.array.assign(x.as(batch, n, heads, hd).permute(0, 2, 1, 3));
        return out;
    }

    /** Computes the gradients of the norm of queries ({@code which} 0) or keys (1), in place. */
    private void normBackward(
            Nd4jTensor gradients,
            int which,
            Nd4jTensor qkv,
            Parameter weight,
            double epsilon,
            Nd4jTensor dWeight,
            Nd4jTensor dBias) {
        int hd = gradients.channels();
        int part = gradients.size() / 3;
        try (var scope = memory.scope()) {
            INDArray x = forward.split(qkv, gradients.shape[2]).part((long) which * part, part / hd, hd);
            INDArray dy = gradients.part((long) which * part, part / hd, hd);
            INDArray dx = memory.tensor(part / hd, hd).array;
            layerNorm.backward(dy, x, weight, epsilon, dx, dWeight, dBias);
            dy.assign(dx);
        }
    }
}
