package da3.nn.autograd;

import static da3.nn.autograd.Variable.needsGradient;
import static da3.nn.autograd.Variable.of;
import static da3.nn.autograd.Variable.value;

import da3.nn.Activation;
import da3.nn.Tensor;

/** Activations and sums with their backward rules. */
final class ElementwiseRules {

    private final Recorder recorder;
    private final DifferentiableEngine engine;

    ElementwiseRules(Recorder recorder) {
        this.recorder = recorder;
        this.engine = recorder.engine();
    }

    Tensor activate(Tensor x, Activation activation) {
        boolean readsInput = activation == Activation.GELU;
        return recorder.record(
                engine.activate(value(x), activation),
                needsGradient(x),
                y -> (dy, sink) -> sink.add(
                        of(x),
                        engine.activationBackward(
                                dy, readsInput ? value(x) : null, readsInput ? null : y.value, activation)),
                !readsInput,
                readsInput ? new Variable[] {of(x)} : new Variable[0]);
    }

    Tensor swiGlu(Tensor x) {
        return recorder.record(
                engine.swiGlu(value(x)),
                needsGradient(x),
                (dy, sink) -> sink.add(of(x), engine.swiGluBackward(dy, value(x))),
                of(x));
    }

    Tensor add(Tensor a, Tensor b) {
        return recorder.record(engine.add(value(a), value(b)), needsGradient(a) || needsGradient(b), (dy, sink) -> {
            sink.add(of(a), dy);
            sink.add(of(b), dy);
        });
    }

    Tensor addToEveryView(Tensor x, Tensor table) {
        return recorder.record(
                engine.addToEveryView(value(x), value(table)), needsGradient(x) || needsGradient(table), (dy, sink) -> {
                    sink.add(of(x), dy);
                    if (needsGradient(table)) {
                        sink.add(of(table), engine.sumViews(dy));
                    }
                });
    }

    /** Position embeddings of feature maps are constants: only x gets a gradient. */
    Tensor addUv(Tensor x, Tensor u, Tensor v) {
        return recorder.record(
                engine.addUv(value(x), value(u), value(v)), needsGradient(x), (dy, sink) -> sink.add(of(x), dy));
    }
}
