package da3.nn.autograd;

import static da3.nn.autograd.Variable.needsGradient;
import static da3.nn.autograd.Variable.of;
import static da3.nn.autograd.Variable.value;

import da3.nn.Tensor;
import java.util.Arrays;

/** Operations that copy values without arithmetic, with their adjoints. */
final class DataMovementRules {

    private final Recorder recorder;
    private final DifferentiableEngine engine;

    DataMovementRules(Recorder recorder) {
        this.recorder = recorder;
        this.engine = recorder.engine();
    }

    Tensor reshape(Tensor x, int... shape) {
        return recorder.record(engine.reshape(value(x), shape), needsGradient(x), (dy, sink) -> sink.add(of(x), dy));
    }

    Tensor concatChannels(Tensor a, Tensor b) {
        int first = a.size(-1);
        return recorder.record(
                engine.concatChannels(value(a), value(b)), needsGradient(a) || needsGradient(b), (dy, sink) -> {
                    if (needsGradient(a)) {
                        sink.add(of(a), engine.channels(dy, 0, first));
                    }
                    if (needsGradient(b)) {
                        sink.add(of(b), engine.channels(dy, first, dy.size(-1)));
                    }
                });
    }

    Tensor concatTokens(Tensor a, Tensor b) {
        int first = a.size(1);
        return recorder.record(
                engine.concatTokens(value(a), value(b)), needsGradient(a) || needsGradient(b), (dy, sink) -> {
                    if (needsGradient(a)) {
                        sink.add(of(a), engine.tokens(dy, 0, first));
                    }
                    if (needsGradient(b)) {
                        sink.add(of(b), engine.tokens(dy, first, dy.size(1)));
                    }
                });
    }

    Tensor tokens(Tensor x, int from, int to) {
        int count = x.size(1);
        return recorder.record(
                engine.tokens(value(x), from, to),
                needsGradient(x),
                (dy, sink) -> sink.add(of(x), engine.tokensBackward(dy, from, count)));
    }

    Tensor views(Tensor x, int from, int to) {
        int[] order = new int[to - from];
        Arrays.setAll(order, i -> from + i);
        return reorderViews(x, order);
    }

    Tensor reorderViews(Tensor x, int[] order) {
        int views = x.size(0);
        return recorder.record(
                engine.reorderViews(value(x), order),
                needsGradient(x),
                (dy, sink) -> sink.add(of(x), engine.reorderViewsBackward(dy, order, views)));
    }

    Tensor patches(Tensor image, int patch) {
        int[] shape = image.shape();
        return recorder.record(
                engine.patches(value(image), patch),
                needsGradient(image),
                (dy, sink) -> sink.add(of(image), engine.patchesBackward(dy, patch, shape[1], shape[2], shape[3])));
    }

    Tensor channelsLast(Tensor image) {
        return recorder.record(
                engine.channelsLast(value(image)),
                needsGradient(image),
                (dy, sink) -> sink.add(of(image), engine.channelsLastBackward(dy)));
    }
}
