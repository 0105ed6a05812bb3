package da3.nn.autograd;

import static da3.nn.autograd.Variable.needsGradient;
import static da3.nn.autograd.Variable.of;
import static da3.nn.autograd.Variable.value;

import da3.nn.Activation;
import da3.nn.Parameter;
import da3.nn.Tensor;
import da3.nn.autograd.DifferentiableEngine.LayerGradients;
import da3.nn.autograd.DifferentiableEngine.Wanted;

/** Convolutions and resizing of feature maps with their backward rules. */
final class FeatureMapRules {

    private final Recorder recorder;
    private final DifferentiableEngine engine;
    private final ElementwiseRules elementwise;

    FeatureMapRules(Recorder recorder, ElementwiseRules elementwise) {
        this.recorder = recorder;
        this.engine = recorder.engine();
        this.elementwise = elementwise;
    }

    Tensor convolution(
            Tensor x,
            Activation before,
            Parameter weight,
            Parameter bias,
            int stride,
            Tensor residual,
            Activation after) {
        boolean reached =
                needsGradient(x) || needsGradient(residual) || recorder.trains(weight) || recorder.trains(bias);
        if (reached && after == Activation.GELU) { // its derivative needs its input
            return elementwise.activate(convolution(x, before, weight, bias, stride, residual, Activation.NONE), after);
        }
        boolean activated = after != Activation.NONE;
        return recorder.record(
                engine.convolution(value(x), before, weight, bias, stride, value(residual), after),
                reached,
                y -> (dy, sink) -> {
                    Tensor dz = activated ? engine.activationBackward(dy, null, y.value, after) : dy;
                    if (residual != null) {
                        sink.add(of(residual), dz);
                    }
                    backward(dz, of(x), before, weight, bias, stride, sink);
                },
                activated,
                recorder.trains(weight) || before != Activation.NONE ? new Variable[] {of(x)} : new Variable[0]);
    }

    private void backward(
            Tensor dz, Variable x, Activation before, Parameter weight, Parameter bias, int stride, Tape.Sink sink) {
        boolean activated = before != Activation.NONE;
        Tensor source = activated ? engine.activate(x.value, before) : x.value;
        Wanted wanted = recorder.wanted(x, weight, bias);
        LayerGradients gradients = engine.convolutionBackward(
                dz, wanted.weight() ? source : null, weight, stride, x.size(1), x.size(2), wanted);
        if (activated && x.needsGradient) {
            Tensor dx = engine.activationBackward(gradients.x(), x.value, source, before);
            gradients = new LayerGradients(dx, gradients.weight(), gradients.bias());
        }
        sink.add(x, weight, bias, gradients);
    }

    Tensor transposedConvolution(Tensor x, Parameter weight, Parameter bias) {
        return recorder.record(
                engine.transposedConvolution(value(x), weight, bias),
                needsGradient(x) || recorder.trains(weight) || recorder.trains(bias),
                (dy, sink) -> {
                    if (needsGradient(x)) {
                        sink.add(of(x), engine.transposedConvolutionBackwardData(dy, weight));
                    }
                    if (recorder.trains(weight)) {
                        sink.add(weight, engine.transposedConvolutionBackwardWeight(dy, value(x), weight));
                    }
                    if (recorder.trains(bias)) {
                        sink.add(bias, engine.sumRows(dy));
                    }
                },
                recorder.trains(weight) ? new Variable[] {of(x)} : new Variable[0]);
    }

    Tensor resize(Tensor x, int rows, int columns) {
        int fromRows = x.size(1);
        int fromColumns = x.size(2);
        return recorder.record(
                engine.resize(value(x), rows, columns),
                needsGradient(x),
                (dy, sink) -> sink.add(of(x), engine.resizeBackward(dy, fromRows, fromColumns)));
    }
}
