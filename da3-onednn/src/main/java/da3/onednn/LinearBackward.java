package da3.onednn;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.Precision;
import da3.nn.autograd.DifferentiableEngine.LinearGradients;
import java.util.ArrayList;
import java.util.List;

/** Gradients of linear maps. */
final class LinearBackward {

    private final ExecutionContext context;
    private final FusedLinear fusedLinear;
    private final MatMul matMul;
    private final Reductions reductions;

    LinearBackward(ExecutionContext context) {
        this.context = context;
        this.fusedLinear = new FusedLinear(context);
        this.matMul = new MatMul(context);
        this.reductions = new Reductions(context);
    }

    /** Returns dy W, the gradient for x: (.., out) -> (.., in). */
    OneDnnTensor input(OneDnnTensor dy, OneDnnParameter weight) {
        OneDnnTensor dx = newInputGradient(dy, weight);
        try (var scope = context.memory().scope()) {
            context.threads().run(List.of(input(dy, weight, dx)));
        }
        return dx;
    }

    /** Returns dy^T x, summed over all rows: the gradient for the weight, of its shape. */
    OneDnnTensor weight(OneDnnTensor dy, OneDnnTensor x, OneDnnParameter weight) {
        return (OneDnnTensor) all(dy, x, weight, false, false).weight();
    }

    /** Returns the gradient for the weight, and those for input and bias where requested. */
    LinearGradients all(OneDnnTensor dy, OneDnnTensor x, OneDnnParameter weight, boolean input, boolean bias) {
        weight.requireCount(Math.multiplyExact(dy.channels(), x.channels()));
        OneDnnTensor dx = input ? newInputGradient(dy, weight) : null;
        OneDnnTensor dWeight = context.memory().tensor(weight.shape());
        OneDnnTensor dBias = bias ? context.memory().tensor(dy.channels()) : null;
        try (var scope = context.memory().scope()) {
            List<Work> parts = new ArrayList<>();
            Precision precision = context.resultPrecision(x.shape);
            OneDnnTensor gradient = context.cast(precision, dy);
            parts.add(matMul.transposed(gradient, context.cast(precision, x), dWeight.at(0)));
            if (input) {
                parts.add(input(gradient, weight, dx));
            }
            if (bias) {
                parts.add(reductions.rows(dy, dBias));
            }
            context.threads().run(parts);
        }
        return new LinearGradients(dx, dWeight, dBias);
    }

    private OneDnnTensor newInputGradient(OneDnnTensor dy, OneDnnParameter weight) {
        int out = weight.shape()[0];
        if (dy.channels() != out) {
            throw Check.invalid("output gradient of " + weight.name(), out + " channels", dy);
        }
        int[] shape = dy.shape.clone();
        shape[shape.length - 1] = weight.values() / out;
        return context.memory().tensor(context.resultPrecision(shape), shape);
    }

    private Work input(OneDnnTensor dy, OneDnnParameter weight, OneDnnTensor dx) {
        OneDnnParameter.Factor factor = weight.transposedMatrix(context, context.resultPrecision(dx.shape));
        return fusedLinear.prepare(dy, factor, null, null, null, Activation.NONE, dx);
    }
}
