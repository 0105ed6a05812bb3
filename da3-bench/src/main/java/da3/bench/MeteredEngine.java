package da3.bench;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import da3.nn.engine.ForwardingEngine;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An engine that counts the arithmetic and memory traffic of each operation of another engine and measures its time. It
 * is valid for CPU engines, whose operations are complete when they return.
 */
final class MeteredEngine extends ForwardingEngine {

    private final Engine engine;
    private final Peaks peaks;
    private final int bytesPerValue;
    private Map<Part, Work> work = new EnumMap<>(Part.class);

    /** @param peaks peak rates of the machine, for the minimum times */
    MeteredEngine(Engine engine, Peaks peaks) {
        super(engine);
        this.engine = engine;
        this.peaks = peaks;
        this.bytesPerValue = engine.precision().equals("bfloat16") ? 2 : Float.BYTES;
    }

    /** Returns the work since the last call and resets the counters. */
    Map<Part, Work> take() {
        Map<Part, Work> taken = work;
        work = new EnumMap<>(Part.class);
        return taken;
    }

    /** @param values number of values that are read or written, excluding the result */
    private Tensor metered(Part part, double flop, double values, Supplier<Tensor> operation) {
        long start = System.nanoTime();
        Tensor out = operation.get();
        count(part, flop, values + size(out), System.nanoTime() - start);
        return out;
    }

    private void count(Part part, double flop, double values, long nanos) {
        double bytes = bytesPerValue * values;
        work.merge(part, new Work(1, flop, bytes, peaks.floor(flop, bytes), nanos / 1e9), Work::plus);
    }

    /** Returns the number of values of a tensor; 0 for null. */
    static double size(Tensor x) {
        return x == null ? 0 : product(x.shape());
    }

    static double size(Parameter parameter) {
        return parameter == null ? 0 : product(parameter.shape());
    }

    private static double product(int[] shape) {
        double product = 1;
        for (int n : shape) {
            product *= n;
        }
        return product;
    }

    @Override
    public Tensor linear(Tensor x, Parameter weight, Parameter bias, Activation activation) {
        return linear(x, weight, size(bias), () -> engine.linear(x, weight, bias, activation));
    }

    @Override
    public Tensor linearResidual(Tensor x, Parameter weight, Parameter bias, Parameter gamma, Tensor residual) {
        double others = size(bias) + size(gamma) + size(residual);
        return linear(x, weight, others, () -> engine.linearResidual(x, weight, bias, gamma, residual));
    }

    @Override
    public Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        double inner = a.size(transposeA ? 0 : 1);
        double columns = b.size(transposeB ? 0 : 1);
        double flop = 2 * size(a) * columns;
        return metered(Part.MOVES, flop, size(a) + inner * columns, () -> engine.matmul(a, transposeA, b, transposeB));
    }

    private Tensor linear(Tensor x, Parameter weight, double others, Supplier<Tensor> operation) {
        double rows = size(x) / x.size(-1);
        return metered(Part.ofLinear(weight), 2 * rows * size(weight), size(x) + size(weight) + others, operation);
    }

    @Override
    public Tensor layerNorm(Tensor x, Parameter weight, Parameter bias, double epsilon) {
        double floats = size(x) + size(weight) + size(bias);
        return metered(Part.NORM, 0, floats, () -> engine.layerNorm(x, weight, bias, epsilon));
    }

    /** Counts the two matrix products of attention; tables of positions are read once for all heads. */
    @Override
    public Tensor attention(Tensor qkv, int heads, QkNorm qkNorm, RotaryPositions positions) {
        double tokens = qkv.size(1);
        double flop = 4 * qkv.size(0) * tokens * tokens * qkv.size(2) / 3;
        double tables = positions == null ? 0 : 2.0 * positions.cos().length;
        return metered(Part.ATTENTION, flop, size(qkv) + tables, () -> engine.attention(qkv, heads, qkNorm, positions));
    }

    @Override
    public Tensor swiGlu(Tensor x) {
        return metered(Part.FEED_FORWARD, 0, size(x), () -> engine.swiGlu(x));
    }

    @Override
    public Tensor convolution(
            Tensor x,
            Activation before,
            Parameter weight,
            Parameter bias,
            int stride,
            Tensor residual,
            Activation after) {
        double taps = (double) taps(x.size(1), stride) * taps(x.size(2), stride);
        double flop = 2 * x.size(0) * taps * size(weight) / 9;
        double floats = size(x) + size(weight) + size(bias) + size(residual);
        return metered(
                Part.CONVOLUTION,
                flop,
                floats,
                () -> engine.convolution(x, before, weight, bias, stride, residual, after));
    }

    /** Returns the number of pixels that all windows of length 3 along an axis cover, without padding. */
    static int taps(int n, int stride) {
        int taps = 0;
        for (int center = 0; center < n; center += stride) {
            taps += Math.min(n - 1, center + 1) - Math.max(0, center - 1) + 1;
        }
        return taps;
    }

    @Override
    public Tensor transposedConvolution(Tensor x, Parameter weight, Parameter bias) {
        double flop = 2 * size(x) / x.size(-1) * size(weight);
        double floats = size(x) + size(weight) + size(bias);
        return metered(Part.TRANSPOSED, flop, floats, () -> engine.transposedConvolution(x, weight, bias));
    }

    @Override
    public Tensor resize(Tensor x, int rows, int columns) {
        return metered(Part.RESIZE, 0, size(x), () -> engine.resize(x, rows, columns));
    }

    private Tensor moved(double floats, Supplier<Tensor> operation) {
        return metered(Part.MOVES, 0, floats, operation);
    }

    @Override
    public Tensor activate(Tensor x, Activation activation) {
        return moved(size(x), () -> engine.activate(x, activation));
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return moved(size(a) + size(b), () -> engine.add(a, b));
    }

    @Override
    public Tensor addToEveryView(Tensor x, Tensor table) {
        return moved(size(x) + size(table), () -> engine.addToEveryView(x, table));
    }

    @Override
    public Tensor addUv(Tensor x, Tensor u, Tensor v) {
        return moved(size(x) + size(u) + size(v), () -> engine.addUv(x, u, v));
    }

    @Override
    public Tensor concatChannels(Tensor a, Tensor b) {
        return moved(size(a) + size(b), () -> engine.concatChannels(a, b));
    }

    @Override
    public Tensor concatTokens(Tensor a, Tensor b) {
        return moved(size(a) + size(b), () -> engine.concatTokens(a, b));
    }

    @Override
    public Tensor tokens(Tensor x, int from, int to) {
        return moved((double) x.size(0) * (to - from) * x.size(2), () -> engine.tokens(x, from, to));
    }

    @Override
    public Tensor views(Tensor x, int from, int to) {
        return moved(size(x) / x.size(0) * (to - from), () -> engine.views(x, from, to));
    }

    @Override
    public Tensor reorderViews(Tensor x, int[] order) {
        return moved(size(x) / x.size(0) * order.length, () -> engine.reorderViews(x, order));
    }

    @Override
    public Tensor patches(Tensor image, int patch) {
        return metered(Part.PATCH_EMBEDDING, 0, size(image), () -> engine.patches(image, patch));
    }

    @Override
    public Tensor channelsLast(Tensor image) {
        return moved(size(image), () -> engine.channelsLast(image));
    }

    @Override
    public Tensor value(Parameter parameter) {
        return moved(size(parameter), () -> engine.value(parameter));
    }

    @Override
    public Tensor upload(float[] values, int... shape) {
        return metered(Part.TRANSFER, 0, values.length, () -> engine.upload(values, shape));
    }

    @Override
    public float[] download(Tensor x) {
        long start = System.nanoTime();
        float[] values = engine.download(x);
        count(Part.TRANSFER, 0, 2 * size(x), System.nanoTime() - start);
        return values;
    }

    /** Is not counted, because it moves no data. */
    @Override
    public Tensor reshape(Tensor x, int... shape) {
        return engine.reshape(x, shape);
    }

    @Override
    public Parameter parameter(WeightSource source, String name, Parameter.Role role, int... shape) {
        return engine.parameter(source, name, role, shape);
    }

    @Override
    public Scope scope() {
        return engine.scope();
    }
}
