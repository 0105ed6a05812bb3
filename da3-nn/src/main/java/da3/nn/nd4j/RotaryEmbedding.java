package da3.nn.nd4j;

import da3.nn.RotaryPositions;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Turns pairs of channels of queries and keys by angles that follow from their tokens' positions, and back. */
final class RotaryEmbedding {

    private final TensorMemory memory;
    private final ConstantArrays tables;

    RotaryEmbedding(TensorMemory memory, ConstantArrays tables) {
        this.memory = memory;
        this.tables = tables;
    }

    /** In place: (heads, tokens, headDim) from {@code offset} on. */
    void rotate(Nd4jTensor x, long offset, int heads, RotaryPositions positions) {
        turn(x, offset, heads, positions, false);
    }

    /** The inverse of {@link #rotate}, which is its adjoint too. */
    void rotateBack(Nd4jTensor x, long offset, int heads, RotaryPositions positions) {
        turn(x, offset, heads, positions, true);
    }

    /** x cos + turned(x) sin, where turning pairs of channels by a right angle is a product with a signed permutation. */
    private void turn(Nd4jTensor x, long offset, int heads, RotaryPositions positions, boolean back) {
        int n = positions.tokens();
        int hd = positions.headDim();
        INDArray rows = x.part(offset, heads, n * hd);
        try (var scope = memory.scope()) {
            Nd4jTensor turned = memory.tensor(heads, n * hd);
            Nd.matmul(x.part(offset, heads * n, hd), tables.quarterTurn(hd), back, turned.as(heads * n, hd));
            Nd4jTensor table = memory.tensor(n * hd);
            HostAccess.write(table.array, positions.sin());
            Nd.exec("multiply", turned.array, turned.array, table.array);
            HostAccess.write(table.array, positions.cos());
            Nd.exec("multiply", rows, rows, table.array);
            rows.addi(turned.array);
        }
    }
}
