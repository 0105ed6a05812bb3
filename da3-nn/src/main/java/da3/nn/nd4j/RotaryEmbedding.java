package da3.nn.nd4j;

import da3.nn.RotaryPositions;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rotates pairs of channels of queries and keys by angles that depend on the positions of their tokens. */
final class RotaryEmbedding {

    private final TensorMemory memory;
    private final ConstantArrays constants;

    RotaryEmbedding(TensorMemory memory, ConstantArrays constants) {
        this.memory = memory;
        this.constants = constants;
    }

    /** Rotates (heads, tokens, headDim) in place, beginning at an offset. */
    void rotate(Nd4jTensor x, long offset, int heads, RotaryPositions positions) {
        rotate(x, offset, heads, positions, false);
    }

    /** Applies the inverse of {@link #rotate}, which is also its adjoint. */
    void rotateBack(Nd4jTensor x, long offset, int heads, RotaryPositions positions) {
        rotate(x, offset, heads, positions, true);
    }

    /**
     * Computes x cos + swap(x) signedSin, or with minus for the inverse, where swap exchanges the channels of each pair.
     */
    private void rotate(Nd4jTensor x, long offset, int heads, RotaryPositions positions, boolean inverse) {
        int n = positions.tokens();
        int hd = positions.headDim();
        INDArray rows = x.part(offset, heads, n * hd);
        try (var scope = memory.scope()) {
            Nd4jTensor rotated = memory.tensor(heads, n * hd);
            Nd.matmul(x.part(offset, heads * n, hd), constants.swapPairs(hd), false, rotated.as(heads * n, hd));
            Nd4jTensor table = memory.tensor(n * hd);
            HostAccess.write(table.array, positions.signedSin());
            Nd.exec("multiply", rotated.array, rotated.array, table.array);
            HostAccess.write(table.array, positions.cos());
            Nd.exec("multiply", rows, rows, table.array);
            if (inverse) {
                rows.subi(rotated.array);
            } else {
                rows.addi(rotated.array);
            }
        }
    }
}
