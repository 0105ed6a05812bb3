package da3.nn.autograd;

import static da3.nn.autograd.Variable.needsGradient;
import static da3.nn.autograd.Variable.of;
import static da3.nn.autograd.Variable.value;

import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Tensor;

/** Layer norms and attention with their backward rules. */
final class AttentionRules {

    private final Recorder recorder;
    private final DifferentiableEngine engine;

    AttentionRules(Recorder recorder) {
        this.recorder = recorder;
        this.engine = recorder.engine();
    }

    Tensor layerNorm(Tensor x, Parameter weight, Parameter bias, double epsilon) {
        boolean parameters = recorder.trains(weight) || recorder.trains(bias);
        return recorder.record(
                engine.layerNorm(value(x), weight, bias, epsilon),
                needsGradient(x) || parameters,
                (dy, sink) -> {
                    var gradients = engine.layerNormBackward(dy, value(x), weight, epsilon, parameters);
                    sink.add(of(x), gradients.x());
                    addIfTrained(weight, gradients.weight(), sink);
                    addIfTrained(bias, gradients.bias(), sink);
                },
                of(x));
    }

    Tensor attention(Tensor qkv, int heads, QkNorm norm, RotaryPositions positions) {
        boolean parameters = norm != null
                && (recorder.trains(norm.qWeight())
                        || recorder.trains(norm.qBias())
                        || recorder.trains(norm.kWeight())
                        || recorder.trains(norm.kBias()));
        return recorder.record(
                engine.attention(value(qkv), heads, norm, positions),
                needsGradient(qkv) || parameters,
                y -> (dy, sink) -> {
                    var gradients =
                            engine.attentionBackward(dy, y.value, value(qkv), heads, norm, positions, parameters);
                    sink.add(of(qkv), gradients.qkv());
                    if (parameters) {
                        addIfTrained(norm.qWeight(), gradients.qWeight(), sink);
                        addIfTrained(norm.qBias(), gradients.qBias(), sink);
                        addIfTrained(norm.kWeight(), gradients.kWeight(), sink);
                        addIfTrained(norm.kBias(), gradients.kBias(), sink);
                    }
                },
                true,
                of(qkv));
    }

    private void addIfTrained(Parameter parameter, Tensor gradient, Tape.Sink sink) {
        if (recorder.trains(parameter)) {
            sink.add(parameter, gradient);
        }
    }
}
