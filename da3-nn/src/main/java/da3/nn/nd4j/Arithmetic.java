package da3.nn.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums and products of tensors. Sums over an axis are matrix products with ones, which are fastest in ND4J. */
final class Arithmetic {

    private final TensorMemory memory;

    Arithmetic(TensorMemory memory) {
        this.memory = memory;
    }

    Nd4jTensor add(Nd4jTensor a, Nd4jTensor b) {
        Nd4jTensor out = memory.tensor(a.shape);
        a.array.add(b.array, out.array);
        return out;
    }

    Nd4jTensor multiply(Nd4jTensor a, Nd4jTensor b) {
        Nd4jTensor out = memory.tensor(a.shape);
        a.array.mul(b.array, out.array);
        return out;
    }

    /** Adds a table to every view: (views, ..) + (..). */
    Nd4jTensor addToEveryView(Nd4jTensor x, Nd4jTensor table) {
        Nd4jTensor out = copy(x);
        Nd.addRow(out.as(out.size() / table.size(), table.size()), table.as(table.size()));
        return out;
    }

    /** Adds u (w, c / 2) to the first half of the channels of x (views, h, w, c) and v (h, c / 2) to the second, in place. */
    Nd4jTensor addUv(Nd4jTensor x, Nd4jTensor u, Nd4jTensor v) {
        Nd4jTensor out = memory.alias(x, x.shape);
        int n = out.shape[0];
        int h = out.shape[1];
        int w = out.shape[2];
        int c = out.channels();
        try (var scope = memory.scope()) {
            // both padded to all channels with zeros, which do not change a sum
            Nd.addRow(out.as(n * h, w * c), padded(u, 0, w, c).as(w * c));
            Nd.exec("add", out.array, out.array, padded(v, c / 2, h, c).as(1, h, 1, c));
        }
        return out;
    }

    /** Pads with zeros: (n, c / 2) -> (n, c), the values beginning at channel {@code from}. */
    private Nd4jTensor padded(Nd4jTensor half, int from, int n, int c) {
        Nd4jTensor padded = memory.tensor(n, c);
        padded.array.assign(0);
        padded.columns(n, c, from, c / 2).assign(half.array);
        return padded;
    }

    private Nd4jTensor copy(Nd4jTensor x) {
        Nd4jTensor out = memory.tensor(x.shape);
        out.array.assign(x.array);
        return out;
    }

    /** Multiplies (m, k) by (k, n) -> (m, n). A transposed factor is stored as (k, m) or (n, k). */
    Nd4jTensor matmul(Nd4jTensor a, boolean transposeA, Nd4jTensor b, boolean transposeB) {
        if (a.shape[transposeA ? 0 : 1] != b.shape[transposeB ? 1 : 0]) {
            throw new IllegalArgumentException("the inner sizes of a product must be equal, got " + a
                    + (transposeA ? " transposed" : "") + " times " + b + (transposeB ? " transposed" : ""));
        }
        Nd4jTensor out = memory.tensor(a.shape[transposeA ? 1 : 0], b.shape[transposeB ? 0 : 1]);
        Nd.matmul(a.array, transposeA, b.array, transposeB, out.array);
        return out;
    }

    /** Multiplies every channel by its factor: (.., c) and (c) -> (.., c). */
    Nd4jTensor multiplyChannels(Nd4jTensor x, Nd4jTensor factors) {
        Nd4jTensor out = memory.tensor(x.shape);
        Nd.exec("multiply", out.matrix(), x.matrix(), factors.as(x.channels()));
        return out;
    }

    /** Sums over all axes but the last: (.., c) -> (c). */
    Nd4jTensor sumRows(Nd4jTensor x) {
        return sumFirst(x, x.rows(), x.channels());
    }

    /** Sums over the first axis: (views, ..) -> (..). */
    Nd4jTensor sumViews(Nd4jTensor x) {
        int[] shape = new int[x.shape.length - 1];
        System.arraycopy(x.shape, 1, shape, 0, shape.length);
        return sumFirst(x, x.shape[0], shape);
    }

    private Nd4jTensor sumFirst(Nd4jTensor x, int count, int... shape) {
        Nd4jTensor out = memory.tensor(shape);
        int rest = out.size();
        try (var scope = memory.scope()) {
            Nd.matmul(ones(count).as(1, count), x.as(count, rest), false, out.as(1, rest));
        }
        return out;
    }

    /** Sums over the last axis: (rows, c) -> out (rows, 1). */
    void sumChannels(INDArray x, INDArray out) {
        int channels = (int) x.size(1);
        try (var scope = memory.scope()) {
            Nd.matmul(x, ones(channels).as(channels, 1), false, out);
        }
    }

    /** Returns a tensor of n ones. */
    Nd4jTensor ones(int n) {
        Nd4jTensor ones = memory.tensor(n);
        ones.array.assign(1);
        return ones;
    }
}
