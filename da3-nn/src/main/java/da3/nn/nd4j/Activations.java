package da3.nn.nd4j;

import da3.nn.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/** Activations, SwiGLU, and their gradients. */
final class Activations {

    private final TensorMemory memory;

    Activations(TensorMemory memory) {
        this.memory = memory;
    }

    Nd4jTensor apply(Nd4jTensor x, Activation activation) {
        Nd4jTensor out = memory.tensor(x.shape);
        out.array.assign(x.array);
        inPlace(out, activation);
        return out;
    }

    void inPlace(Nd4jTensor x, Activation activation) {
        switch (activation) {
            case NONE -> {}
            case RELU -> Nd4j.getExecutioner().exec(new RectifiedLinear(x.array, x.array));
            case GELU -> Gelu.inPlace(x, memory);
            case EXP -> Nd4j.getExecutioner().exec(new Exp(x.array, x.array));
        }
    }

    /** Returns dy times the derivative. Reads x only for GELU, y only for RELU and EXP. */
    Nd4jTensor backward(Nd4jTensor dy, Nd4jTensor x, Nd4jTensor y, Activation activation) {
        Nd4jTensor out = memory.tensor(dy.shape);
        switch (activation) {
            case NONE -> out.array.assign(dy.array);
            case RELU -> Nd.exec("relu_bp", out.array, y.array, dy.array);
            case GELU -> Gelu.backward(dy, x, out, memory);
            case EXP -> dy.array.mul(y.array, out.array);
        }
        return out;
    }

    /** Returns silu(a) b for x = (a, b): (.., 2 c) -> (.., c). */
    Nd4jTensor swiGlu(Nd4jTensor x) {
        int half = x.channels() / 2;
        int[] shape = DataMovement.withChannels(x.shape, half);
        Nd4jTensor out = memory.tensor(shape);
        try (var scope = memory.scope()) {
            Nd4jTensor gate = memory.tensor(shape);
            gate.matrix().assign(x.columns(x.rows(), 2 * half, 0, half));
            out.matrix().assign(x.columns(x.rows(), 2 * half, half, half));
            out.array.muli(gate.array);
            Nd4j.getExecutioner().exec(new Sigmoid(gate.array, gate.array));
            out.array.muli(gate.array);
        }
        return out;
    }

    /** Returns (dy b s (1 + a (1 - s)), dy a s), where x = (a, b) and s = sigmoid(a). */
    Nd4jTensor swiGluBackward(Nd4jTensor dy, Nd4jTensor x) {
        int rows = x.rows();
        int half = x.channels() / 2;
        Nd4jTensor out = memory.tensor(x.shape);
        try (var scope = memory.scope()) {
            INDArray a = memory.tensor(rows, half).array;
            INDArray s = memory.tensor(rows, half).array;
            INDArray slope = memory.tensor(rows, half).array;
            a.assign(x.columns(rows, 2 * half, 0, half));
            Nd4j.getExecutioner().exec(new Sigmoid(a, s));
            a.mul(s, slope);
            out.columns(rows, 2 * half, half, half).assign(slope.muli(dy.matrix()));
            s.rsub(1, slope);
            slope.muli(a).addi(1).muli(s).muli(dy.matrix());
            a.assign(x.columns(rows, 2 * half, half, half)); // reuses the memory for b
            out.columns(rows, 2 * half, 0, half).assign(slope.muli(a));
        }
        return out;
    }
}
