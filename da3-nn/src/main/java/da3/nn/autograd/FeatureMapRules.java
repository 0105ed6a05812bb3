package da3.nn.autograd;

import static da3.nn.autograd.Variable.needsGradient;
import static da3.nn.autograd.Variable.of;
import static da3.nn.autograd.Variable.value;

import da3.nn.Activation;
import da3.nn.Parameter;
import da3.nn.Tensor;
import da3.nn.autograd.DifferentiableEngine.ConvolutionGradients;

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
        ConvolutionGradients gradients;
        if (recorder.trains(weight)) {
            gradients = engine.convolutionBackward(dz, source, weight, stride, x.needsGradient, recorder.trains(bias));
            sink.add(weight, gradients.weight());
        } else {
            gradients = new ConvolutionGradients(
                    x.needsGradient ? engine.convolutionBackwardData(dz, weight, stride, x.size(1), x.size(2)) : null,
                    null,
                    recorder.trains(bias) ? engine.sumRows(dz) : null);
        }
        if (x.needsGradient) {
            Tensor dx = gradients.x();
            sink.add(x, activated ? engine.activationBackward(dx, x.value, source, before) : dx);
        }
        if (recorder.trains(bias)) {
            sink.add(bias, gradients.bias());
        }
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
