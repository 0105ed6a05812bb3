package da3.nn.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Bilinear resizing with aligned corners. */
final class Resize {

    private final TensorMemory memory;
    private final DataMovement moves;
    private final Scratch source;
    private final Scratch target;

    Resize(TensorMemory memory, DataMovement moves) {
        this.memory = memory;
        this.moves = moves;
        this.source = memory.scratch();
        this.target = memory.scratch();
    }

    /** (views, h, w, c) -> (views, rows, columns, c). */
    Nd4jTensor apply(Nd4jTensor x, int rows, int columns) {
        if (x.shape[1] == rows && x.shape[2] == columns) {
            return memory.alias(x, x.shape);
        }
        Nd4jTensor out = memory.tensor(x.shape[0], rows, columns, x.channels());
        int view = x.size() / x.shape[0];
        int enlarged = out.size() / x.shape[0];
        // ND4J's resize overlooks where an array begins in its buffer, so it gets arrays that begin at the start
        INDArray from = source.as(1, x.shape[1], x.shape[2], x.channels());
        INDArray to = target.as(1, rows, columns, x.channels());
        for (int v = 0; v < x.shape[0]; v++) {
            from.assign(x.part((long) v * view, 1, x.shape[1], x.shape[2], x.channels()));
            Nd.resizeBilinear(from, to);
            out.part((long) v * enlarged, 1, rows, columns, x.channels()).assign(to);
        }
        return out;
    }

    /**
     * The adjoint: (views, h, w, c) -> (views, rows, columns, c), the size that was resized from.
     *
     * <p>Resizing is a product with one matrix of interpolation weights along each axis, so its adjoint is a product with
     * their transposes, which sums in the same order every time.
     */
    Nd4jTensor backward(Nd4jTensor dy, int rows, int columns) {
        int h = dy.shape[1];
        int w = dy.shape[2];
        int c = dy.channels();
        if (h == rows && w == columns) {
            return moves.copy(dy);
        }
        Nd4jTensor out = memory.tensor(dy.shape[0], rows, columns, c);
        try (var scope = memory.scope()) {
            INDArray vertical = weights(h, rows);
            INDArray horizontal = weights(w, columns);
            Nd4jTensor between = memory.tensor(rows, w, c);
            for (int v = 0; v < dy.shape[0]; v++) {
                Nd.matmul(vertical, true, dy.part((long) v * h * w * c, h, w * c), false, between.as(rows, w * c));
                for (int r = 0; r < rows; r++) {
                    Nd.matmul(
                            horizontal,
                            true,
                            between.part((long) r * w * c, w, c),
                            false,
                            out.part(((long) v * rows + r) * columns * c, columns, c));
                }
            }
        }
        return out;
    }

    /** Interpolation weights along an axis: (to, from), one row for every position of the resized axis. */
    private INDArray weights(int to, int from) {
        float[] weights = new float[to * from];
        for (int i = 0; i < to; i++) {
            double position = to == 1 ? 0 : (double) i * (from - 1) / (to - 1);
            int below = Math.min((int) position, from - 1);
            int above = Math.min(below + 1, from - 1);
            double share = position - below;
            weights[i * from + below] += (float) (1 - share);
            weights[i * from + above] += (float) share;
        }
        Nd4jTensor table = memory.tensor(to, from);
        HostAccess.write(table.as(to * from), weights);
        return table.array;
    }

    /** Floats held outside the arena. */
    long length() {
        return source.length() + target.length();
    }
}
