package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.RotaryPositions;

/**
 * The rotation of the queries or keys of a head by their positions, x cos + swap(x) signedSin, where swap exchanges the
 * quarters of each half of the channels. Its tables live until the innermost scope closes.
 */
final class RotaryEmbedding {

    private final ExecutionContext context;
    private final int headDim;
    private final OneDnnTensor cos; // (tokens, headDim)
    private final OneDnnTensor signedSin; // (tokens, headDim)

    RotaryEmbedding(ExecutionContext context, RotaryPositions positions) {
        this.context = context;
        this.headDim = positions.headDim();
        this.cos = context.write(positions.cos(), positions.tokens(), headDim);
        this.signedSin = context.write(positions.signedSin(), positions.tokens(), headDim);
    }

    /** Returns the primitives for a number of tokens of a head. */
    Step step(int tokens) {
        return new Step(tokens);
    }

    /** The primitives for a number of tokens of a head, (tokens, headDim) without gaps in float32. */
    final class Step {
        private final long quarterBytes = Float.BYTES * headDim / 4L;
        private final Kernel copyQuarters; // of both halves of the channels
        private final Kernel multiply;
        private final Kernel multiplyAdd;

        private Step(int tokens) {
            Kernels kernels = context.kernels();
            Layout rows = Layout.dense(tokens, headDim);
            Layout quarters = Layout.matrix(2L * tokens, headDim / 4, headDim / 2);
            this.copyQuarters = kernels.reorder(quarters, quarters);
            this.multiply = kernels.binary(dnnl_binary_mul, rows, rows, rows);
            this.multiplyAdd = kernels.binary(dnnl_binary_mul, rows, rows, rows, new PostOp.Sum());
        }

        /** @param token position of the first token in the tables, as in {@link #rotateBack} */
        void rotate(int worker, long x, int token, long to) {
            swap(worker, x, to);
            multiply.run(worker, to, at(signedSin, token), to);
            multiplyAdd.run(worker, x, at(cos, token), to);
        }

        /**
         * Applies the adjoint, dy cos + swap(dy signedSin).
         *
         * @param scratch address of memory of the size of dy
         */
        void rotateBack(int worker, long dy, int token, long scratch, long to) {
            multiply.run(worker, dy, at(signedSin, token), scratch);
            swap(worker, scratch, to);
            multiplyAdd.run(worker, dy, at(cos, token), to);
        }

        private void swap(int worker, long from, long to) {
            copyQuarters.run(worker, from + quarterBytes, to);
            copyQuarters.run(worker, from, to + quarterBytes);
        }

        private long at(OneDnnTensor table, int token) {
            return table.at((long) token * headDim);
        }
    }
}
