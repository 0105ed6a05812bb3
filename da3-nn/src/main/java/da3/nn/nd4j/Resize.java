package da3.nn.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Bilinear resizing with aligned corners. */
final class Resize {

    private final TensorMemory memory;
    private final DataMovement dataMovement;
    private final Scratch source;
    private final Scratch target;

    Resize(TensorMemory memory, DataMovement dataMovement) {
        this.memory = memory;
        this.dataMovement = dataMovement;
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
        // the resize of ND4J ignores the offset of an array in its buffer, so the arrays begin at offset 0
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
     * Computes the adjoint: (views, h, w, c) -> (views, rows, columns, c), the original size.
     *
     * <p>Resizing is a product with a matrix of interpolation weights along each axis, so its adjoint is a product with
     * the transposes, with a fixed order of summation.
     */
    Nd4jTensor backward(Nd4jTensor dy, int rows, int columns) {
        int h = dy.shape[1];
        int w = dy.shape[2];
        int c = dy.channels();
        if (h == rows && w == columns) {
            return dataMovement.copy(dy);
        }
        Nd4jTensor out = memory.tensor(dy.shape[0], rows, columns, c);
        try (var scope = memory.scope()) {
            INDArray vertical = weights(h, rows);
            INDArray horizontal = weights(w, columns);
            Nd4jTensor partial = memory.tensor(rows, w, c);
            for (int v = 0; v < dy.shape[0]; v++) {
                Nd.matmul(vertical, true, dy.part((long) v * h * w * c, h, w * c), false, partial.as(rows, w * c));
                for (int r = 0; r < rows; r++) {
                    Nd.matmul(
                            horizontal,
                            true,
                            partial.part((long) r * w * c, w, c),
                            false,
                            out.part(((long) v * rows + r) * columns * c, columns, c));
                }
            }
        }
        return out;
    }

    /** Returns interpolation weights along an axis, (to, from), with one row per position of the resized axis. */
    private INDArray weights(int to, int from) {
        float[] weights = new float[to * from];
        for (int i = 0; i < to; i++) {
            double position = to == 1 ? 0 : (double) i * (from - 1) / (to - 1);
            int below = Math.min((int) position, from - 1);
            int above = Math.min(below + 1, from - 1);
            double fraction = position - below;
            weights[i * from + below] += (float) (1 - fraction);
            weights[i * from + above] += (float) fraction;
        }
        Nd4jTensor table = memory.tensor(to, from);
        HostAccess.write(table.as(to * from), weights);
        return table.array;
    }

    /** Returns the number of floats held outside the arena. */
    long length() {
        return source.length() + target.length();
    }
}
