package da3.nn.nd4j;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.Parameter;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Linear maps with a weight (out, in), whose input axis may be split into several, and their gradients. */
final class LinearMaps {

    private final TensorMemory memory;
    private final Activations activations;

    LinearMaps(TensorMemory memory, Activations activations) {
        this.memory = memory;
        this.activations = activations;
    }

    /** Returns activation(x W^T + b): (.., in) -> (.., out); {@code bias} may be null. */
    Nd4jTensor linear(Nd4jTensor x, Nd4jParameter weight, Parameter bias, Activation activation) {
        Nd4jTensor out = apply(x, weight, bias);
        activations.inPlace(out, activation);
        return out;
    }

    /** Returns residual + gamma * (x W^T + b): (.., in) -> (.., out); {@code gamma} may be null. */
    Nd4jTensor linearResidual(
            Nd4jTensor x, Nd4jParameter weight, Parameter bias, Parameter gamma, Nd4jTensor residual) {
        Nd4jTensor out = apply(x, weight, bias);
        if (gamma != null) {
            Nd.exec(
                    "multiply",
                    out.matrix(),
                    out.matrix(),
                    Nd4jParameter.prepared(gamma).as(out.channels()));
        }
        out.array.addi(residual.array);
        return out;
    }

    private Nd4jTensor apply(Nd4jTensor x, Nd4jParameter weight, Parameter bias) {
        int in = inputs(weight);
        if (x.channels() != in) {
            throw Check.invalid("input of " + weight.name(), in + " channels", x);
        }
        Nd4jTensor y = product(x, weight, true);
        addBias(y, bias);
        return y;
    }

    static void addBias(Nd4jTensor y, Parameter bias) {
        if (bias != null) {
            Nd.addRow(y.matrix(), Nd4jParameter.prepared(bias).as(y.channels()));
        }
    }

    /** Returns dy W: (.., out) -> (.., in). */
    Nd4jTensor inputGradient(Nd4jTensor dy, Nd4jParameter weight) {
        return product(dy, weight, false);
    }

    /** Returns dy^T x, summed over all rows, in the shape of the weight. */
    Nd4jTensor weightGradient(Nd4jTensor dy, Nd4jTensor x, Nd4jParameter weight) {
        Nd4jTensor out = memory.tensor(weight.shape());
        Nd.matmul(dy.matrix(), true, x.matrix(), false, out.as(weight.shape()[0], inputs(weight)));
        return out;
    }

    private Nd4jTensor product(Nd4jTensor x, Nd4jParameter weight, boolean transposed) {
        INDArray w = weight.as(weight.shape()[0], inputs(weight));
        int from = x.channels();
        int to = (int) w.size(transposed ? 0 : 1);
        Nd4jTensor y = memory.tensor(DataMovement.withChannels(x.shape, to));
        // feature maps are processed per view, so that a result does not depend on the number of views
        int groups = x.shape.length == 4 ? x.shape[0] : 1;
        int rows = x.rows() / groups;
        for (int g = 0; g < groups; g++) {
            Nd.matmul(
                    x.part((long) g * rows * from, rows, from), w, transposed, y.part((long) g * rows * to, rows, to));
        }
        return y;
    }

    private static int inputs(Nd4jParameter weight) {
        return weight.size() / weight.shape()[0];
    }
}
