package da3.nn.autograd;

import static da3.nn.autograd.Variable.needsGradient;
import static da3.nn.autograd.Variable.of;
import static da3.nn.autograd.Variable.value;

import da3.nn.Activation;
import da3.nn.Parameter;
import da3.nn.Tensor;
import da3.nn.autograd.DifferentiableEngine.LayerScaleGradients;
import da3.nn.autograd.DifferentiableEngine.Wanted;

/** Matrix products and linear maps with their backward rules. */
final class LinearRules {

    private final Recorder recorder;
    private final DifferentiableEngine engine;
    private final ElementwiseRules elementwise;

    LinearRules(Recorder recorder, ElementwiseRules elementwise) {
        this.recorder = recorder;
        this.engine = recorder.engine();
        this.elementwise = elementwise;
    }

    Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        return recorder.record(
                engine.matmul(value(a), transposeA, value(b), transposeB),
                needsGradient(a) || needsGradient(b),
                (dy, sink) -> {
                    if (needsGradient(a)) {
                        sink.add(
                                of(a),
                                transposeA
                                        ? engine.matmul(value(b), transposeB, dy, true)
                                        : engine.matmul(dy, false, value(b), !transposeB));
                    }
                    if (needsGradient(b)) {
                        sink.add(
                                of(b),
                                transposeB
                                        ? engine.matmul(dy, true, value(a), transposeA)
                                        : engine.matmul(value(a), !transposeA, dy, false));
                    }
                },
                of(a),
                of(b));
    }

    Tensor linear(Tensor x, Parameter weight, Parameter bias, Activation activation) {
        boolean reached = needsGradient(x) || recorder.trains(weight) || recorder.trains(bias);
        if (reached && activation == Activation.GELU) { // its derivative needs its input
            return elementwise.activate(linear(x, weight, bias, Activation.NONE), Activation.GELU);
        }
        boolean activated = activation != Activation.NONE;
        return recorder.record(
                engine.linear(value(x), weight, bias, activation),
                reached,
                y -> (dy, sink) -> {
                    Tensor dz = activated ? engine.activationBackward(dy, null, y.value, activation) : dy;
                    backward(dz, of(x), weight, bias, sink);
                },
                activated,
                recorder.trains(weight) ? new Variable[] {of(x)} : new Variable[0]);
    }

    Tensor linearResidual(Tensor x, Parameter weight, Parameter bias, Parameter gamma, Tensor residual) {
        if (recorder.trains(gamma)) { // its gradient needs the unscaled result
            return layerScale(linear(x, weight, bias, Activation.NONE), gamma, residual);
        }
        boolean mapped = needsGradient(x) || recorder.trains(weight) || recorder.trains(bias);
        return recorder.record(
                engine.linearResidual(value(x), weight, bias, gamma, value(residual)),
                mapped || needsGradient(residual),
                (dy, sink) -> {
                    sink.add(of(residual), dy);
                    if (mapped) {
                        Tensor dz = gamma == null ? dy : engine.multiplyChannels(dy, engine.value(gamma));
                        backward(dz, of(x), weight, bias, sink);
                    }
                },
                recorder.trains(weight) ? new Variable[] {of(x)} : new Variable[0]);
    }

    private void backward(Tensor dz, Variable x, Parameter weight, Parameter bias, Tape.Sink sink) {
        Wanted wanted = recorder.wanted(x, weight, bias);
        Tensor source = wanted.weight() ? x.value : null; // otherwise it is not kept
        sink.add(x, weight, bias, engine.linearBackward(dz, source, weight, wanted));
    }

    private Tensor layerScale(Tensor x, Parameter gamma, Tensor residual) {
        return recorder.record(
                engine.layerScale(value(x), gamma, value(residual)),
                true,
                (dy, sink) -> {
                    LayerScaleGradients gradients = engine.layerScaleBackward(dy, value(x), gamma);
                    sink.add(of(residual), dy);
                    sink.add(of(x), gradients.x());
                    sink.add(gamma, gradients.gamma());
                },
                of(x));
    }
}
