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
