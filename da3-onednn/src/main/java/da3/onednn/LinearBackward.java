package da3.onednn;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.autograd.DifferentiableEngine.LayerGradients;
import da3.nn.autograd.DifferentiableEngine.Wanted;
import da3.onednn.OneDnnParameter.Factor;
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

    /**
     * Returns dy W for the input, (.., out) -> (.., in); dy^T x, summed over all rows, for the weight; and the sum of the
     * rows of dy for the bias.
     *
     * @param x only read for the weight, may be null otherwise
     */
    LayerGradients apply(OneDnnTensor dy, OneDnnTensor x, OneDnnParameter weight, Wanted wanted) {
        int out = weight.shape()[0];
        if (dy.channels() != out) {
            throw Check.invalid("output gradient of " + weight.name(), out + " channels", dy);
        }
        int in = weight.values() / out;
        OneDnnTensor dx = wanted.x() ? newInputGradient(dy, in) : null;
        OneDnnTensor dWeight = wanted.weight() ? context.memory().tensor(weight.shape()) : null;
        OneDnnTensor dBias = wanted.bias() ? context.memory().tensor(out) : null;
        try (var scope = context.memory().scope()) {
            List<Work> parts = new ArrayList<>();
            OneDnnTensor gradient = context.cast(context.resultPrecision(dy.shape), dy);
            if (wanted.weight()) {
                weight.requireCount(Math.multiplyExact(out, x.channels()));
                OneDnnTensor source = context.cast(gradient.precision, x);
                parts.add(matMul.prepareTransposed(gradient, source, dWeight.at(0)));
            }
            if (wanted.x()) {
                Factor factor = weight.transposedMatrix(context, gradient.precision);
                parts.add(fusedLinear.prepare(gradient, factor, null, null, null, Activation.NONE, dx));
            }
            if (wanted.bias()) {
                parts.add(reductions.prepareSumRows(dy, dBias));
            }
            context.threads().run(parts);
        }
        return new LayerGradients(dx, dWeight, dBias);
    }

    private OneDnnTensor newInputGradient(OneDnnTensor dy, int in) {
        int[] shape = dy.shape.clone();
        shape[shape.length - 1] = in;
        return context.memory().tensor(context.resultPrecision(shape), shape);
    }
}
