package da3.nn.nd4j;

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

    private final Memory memory;
    private final Tables tables;

    MultiHeadAttention(Memory memory, Tables tables) {
        this.memory = memory;
        this.tables = tables;
    }

    /** qkv (batch, tokens, 3 x heads x headDim) -> (batch, tokens, heads x headDim). */
    Nd4jTensor apply(Nd4jTensor qkv, int heads, QkNorm norm, RotaryPositions positions) {
        int batch = qkv.shape[0];
        int n = qkv.shape[1];
        int hd = qkv.shape[2] / (3 * heads);
        int part = batch * heads * n * hd;
        Nd4jTensor out = memory.tensor(batch, n, heads * hd);
        try (var scope = memory.scope()) {
            Nd4jTensor split = memory.tensor(3, batch, heads, n, hd);
            split.array.assign(qkv.as(batch, n, 3, heads, hd).permute(2, 0, 3, 1, 4));
            for (int i = 0; i < 2; i++) {
                INDArray rows = split.part((long) i * part, batch * heads * n, hd);
                if (norm != null) {
                    normalise(
                            rows, i == 0 ? norm.qWeight() : norm.kWeight(), i == 0 ? norm.qBias() : norm.kBias(), norm);
                }
                if (positions != null) {
                    rotate(split, (long) i * part, batch * heads, positions);
                }
            }
            split.part(0, part).muli((float) (1 / Math.sqrt(hd)));
            Nd4jTensor attended = memory.tensor(batch, heads, n, hd);
            int block = Math.max(1, Math.min(n, SCORES / n));
            Nd4jTensor scores = memory.tensor(block, n);
            for (int h = 0; h < batch * heads; h++) {
                long head = (long) h * n * hd;
                INDArray k = split.part(part + head, n, hd);
                INDArray v = split.part(2L * part + head, n, hd);
                for (int from = 0; from < n; from += block) {
                    int rows = Math.min(block, n - from);
                    INDArray s = scores.as(rows, n);
                    Nd.matmul(split.part(head + (long) from * hd, rows, hd), k, true, s);
                    Nd.softmax(scores.as(1, rows, n));
                    Nd.matmul(s, v, false, attended.part(head + (long) from * hd, rows, hd));
                }
            }
            out.as(batch, n, heads, hd).assign(attended.array.permute(0, 2, 1, 3));
        }
        return out;
    }

    /**
     * Layer norm of every head's row. A row is short, so taking its mean off is a product with the centring matrix
     * I - 1/headDim.
     */
    private void normalise(INDArray rows, da3.nn.Parameter weight, da3.nn.Parameter bias, QkNorm norm) {
        int n = (int) rows.size(0);
        int hd = (int) rows.size(1);
        try (var scope = memory.scope()) {
            INDArray centred = memory.tensor(n, hd).array;
            Nd.matmul(rows, tables.centring(hd), false, centred);
            INDArray spread = memory.tensor(n, 1).array;
            Nd4j.getExecutioner().exec(new Square(centred, rows));
            Nd.matmul(rows, tables.average(hd), false, spread);
            spread.addi(norm.epsilon());
            Nd4j.getExecutioner().exec(new RSqrt(spread, spread));
            Nd.exec("multiply", rows, centred, spread);
            Nd.exec("multiply", rows, rows, Nd4jEngine.prepared(weight).as(hd));
            Nd.addRow(rows, Nd4jEngine.prepared(bias).as(hd));
        }
    }

    /** x cos + turned(x) sin, where turning pairs of channels by a right angle is a product with a signed permutation. */
    private void rotate(Nd4jTensor split, long offset, int heads, RotaryPositions positions) {
        int n = positions.tokens();
        int hd = positions.headDim();
        INDArray x = split.part(offset, heads, n * hd);
        try (var scope = memory.scope()) {
            Nd4jTensor turned = memory.tensor(heads, n * hd);
            Nd.matmul(split.part(offset, heads * n, hd), tables.quarterTurn(hd), false, turned.as(heads * n, hd));
            Nd4jTensor table = memory.tensor(n * hd);
            HostAccess.write(table.array, into -> into.put(positions.sin()));
            Nd.exec("multiply", turned.array, turned.array, table.array);
            HostAccess.write(table.array, into -> into.put(positions.cos()));
            Nd.exec("multiply", x, x, table.array);
            x.addi(turned.array);
        }
    }
}
