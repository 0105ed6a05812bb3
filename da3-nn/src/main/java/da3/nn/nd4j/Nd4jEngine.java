package da3.nn.nd4j;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import da3.nn.engine.EngineThread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Square;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/** Every operation in ND4J, in float32, on whatever backend is on the class path. */
public final class Nd4jEngine implements Engine {

    private final EngineThread thread = new EngineThread("da3-nd4j");
    private final Memory memory = new Memory(thread);
    private final Scratch resizeSource = memory.scratch();
    private final Scratch resizeTarget = memory.scratch();
    private final Tables tables = new Tables();
    private final MultiHeadAttention attention = new MultiHeadAttention(memory, tables);
    private final List<Nd4jParameter> parameters = Collections.synchronizedList(new ArrayList<>());
    private final int threads;

    /** @param threads to compute with, at least 1 */
    public Nd4jEngine(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; legal: at least 1");
        }
        this.threads = threads;
        run(() -> Backend.start(threads));
    }

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public String description() {
        return "ND4J " + Backend.name() + ", float32, " + threads + (threads == 1 ? " thread" : " threads");
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public String precision() {
        return "float32";
    }

    @Override
    public <T> T run(Callable<T> work) {
        return run(work, () -> {});
    }

    @Override
    public <T> T run(Callable<T> work, Runnable interrupted) {
        return thread.run(work, interrupted);
    }

    @Override
    public Scope scope() {
        return memory.scope();
    }

    @Override
    public Parameter parameter(WeightSource source, String name, Parameter.Role role, int... shape) {
        Nd4jParameter parameter = new Nd4jParameter(source, name, role, shape);
        parameters.add(parameter);
        return parameter;
    }

    static Nd4jParameter prepared(Parameter parameter) {
        Nd4jParameter p = (Nd4jParameter) parameter;
        if (!p.isPrepared()) {
            p.prepare();
        }
        return p;
    }

    @Override
    public Tensor upload(float[] values, int... shape) {
        if (values.length != Nd.product(shape)) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill a tensor of shape " + Arrays.toString(shape));
        }
        Nd4jTensor out = memory.tensor(shape);
        HostAccess.write(out.as(values.length), values);
        return out;
    }

    @Override
    public float[] download(Tensor x) {
        Nd4jTensor t = Nd4jTensor.of(x);
        return HostAccess.read(t.as(t.size()));
    }

    @Override
    public Tensor reshape(Tensor x, int... shape) {
        return memory.alias(Nd4jTensor.of(x), shape);
    }

    @Override
    public Tensor value(Parameter parameter) {
        Nd4jParameter p = prepared(parameter);
        Nd4jTensor out = memory.tensor(p.shape());
        out.array.assign(p.as(p.shape()));
        return out;
    }

    @Override
    public Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        Nd4jTensor left = Nd4jTensor.of(a);
        Nd4jTensor right = Nd4jTensor.of(b);
        int inner = left.shape[transposeA ? 0 : 1];
        if (inner != right.shape[transposeB ? 1 : 0]) {
            throw new IllegalArgumentException("inner sizes of a product must be equal, got " + left
                    + (transposeA ? " transposed" : "") + " and " + right + (transposeB ? " transposed" : ""));
        }
        Nd4jTensor out = memory.tensor(left.shape[transposeA ? 1 : 0], right.shape[transposeB ? 0 : 1]);
        Nd.matmul(left.array, transposeA, right.array, transposeB, out.array);
        return out;
    }

    @Override
    public Tensor linear(Tensor x, Parameter weight, Parameter bias, Activation activation) {
        Nd4jTensor out = product(Nd4jTensor.of(x), prepared(weight), bias);
        activateInPlace(out, activation);
        return out;
    }

    @Override
    public Tensor linearResidual(Tensor x, Parameter weight, Parameter bias, Parameter gamma, Tensor residual) {
        Nd4jTensor out = product(Nd4jTensor.of(x), prepared(weight), bias);
        if (gamma != null) {
            Nd.exec("multiply", out.matrix(), out.matrix(), prepared(gamma).as(out.channels()));
        }
        out.array.addi(Nd4jTensor.of(residual).array);
        return out;
    }

    private Nd4jTensor product(Nd4jTensor x, Nd4jParameter weight, Parameter bias) {
        int out = weight.shape()[0];
        int in = weight.size() / out;
        if (x.channels() != in) {
            throw new IllegalArgumentException(weight.name() + " takes " + in + " channels, not those of " + x);
        }
        int[] shape = x.shape.clone();
        shape[shape.length - 1] = out;
        Nd4jTensor y = memory.tensor(shape);
        // feature maps go view by view: a view's bytes must not depend on how many others there are
        int groups = shape.length == 4 ? shape[0] : 1;
        int rows = x.rows() / groups;
        INDArray w = weight.as(out, in);
        for (int g = 0; g < groups; g++) {
            Nd.matmul(x.part((long) g * rows * in, rows, in), w, true, y.part((long) g * rows * out, rows, out));
        }
        addBias(y, bias);
        return y;
    }

    private void addBias(Nd4jTensor y, Parameter bias) {
        if (bias != null) {
            Nd.addRow(y.matrix(), prepared(bias).as(y.channels()));
        }
    }

    private void activateInPlace(Nd4jTensor x, Activation activation) {
        switch (activation) {
            case NONE -> {}
            case RELU -> Nd4j.getExecutioner().exec(new RectifiedLinear(x.array, x.array));
            case GELU -> Gelu.inPlace(x, memory);
            case EXP -> Nd4j.getExecutioner().exec(new Exp(x.array, x.array));
        }
    }

    @Override
    public Tensor layerNorm(Tensor x, Parameter weight, Parameter bias, double epsilon) {
        Nd4jTensor in = Nd4jTensor.of(x);
        int d = in.channels();
        Nd4jTensor out = memory.tensor(in.shape);
        int groups = in.shape.length == 1 ? 1 : in.shape[0];
        int rows = in.rows() / groups;
        try (Scope scope = memory.scope()) {
            INDArray squares = memory.tensor(rows, d).array;
            INDArray statistic = memory.tensor(rows, 1).array;
            INDArray average = tables.average(d);
            for (int g = 0; g < groups; g++) {
                INDArray source = in.part((long) g * rows * d, rows, d);
                INDArray y = out.part((long) g * rows * d, rows, d);
                Nd.matmul(source, average, false, statistic);
                Nd.exec("subtract", y, source, statistic);
                Nd4j.getExecutioner().exec(new Square(y, squares));
                Nd.matmul(squares, average, false, statistic);
                statistic.addi(epsilon);
                Nd4j.getExecutioner().exec(new RSqrt(statistic, statistic));
                Nd.exec("multiply", y, y, statistic);
                Nd.exec("multiply", y, y, prepared(weight).as(d));
                Nd.addRow(y, prepared(bias).as(d));
            }
        }
        return out;
    }

    @Override
    public Tensor attention(Tensor qkv, int heads, QkNorm qkNorm, RotaryPositions positions) {
        return attention.apply(Nd4jTensor.of(qkv), heads, qkNorm, positions);
    }

    @Override
    public Tensor swiGlu(Tensor x) {
        Nd4jTensor in = Nd4jTensor.of(x);
        int half = in.channels() / 2;
        int[] shape = in.shape.clone();
        shape[shape.length - 1] = half;
        Nd4jTensor out = memory.tensor(shape);
        try (Scope scope = memory.scope()) {
            Nd4jTensor gate = memory.tensor(shape);
            gate.matrix().assign(in.columns(in.rows(), 2 * half, 0, half));
            out.matrix().assign(in.columns(in.rows(), 2 * half, half, half));
            out.array.muli(gate.array);
            Nd4j.getExecutioner().exec(new Sigmoid(gate.array, gate.array));
            out.array.muli(gate.array);
        }
        return out;
    }

    @Override
    public Tensor activate(Tensor x, Activation activation) {
        Nd4jTensor out = copy(Nd4jTensor.of(x));
        activateInPlace(out, activation);
        return out;
    }

    private Nd4jTensor copy(Nd4jTensor x) {
        Nd4jTensor out = memory.tensor(x.shape);
        out.array.assign(x.array);
        return out;
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        Nd4jTensor out = memory.tensor(a.shape());
        Nd4jTensor.of(a).array.add(Nd4jTensor.of(b).array, out.array);
        return out;
    }

    @Override
    public Tensor addToEveryView(Tensor x, Tensor table) {
        Nd4jTensor out = copy(Nd4jTensor.of(x));
        Nd4jTensor row = Nd4jTensor.of(table);
        Nd.addRow(out.as(out.size() / row.size(), row.size()), row.as(row.size()));
        return out;
    }

    @Override
    public Tensor concatChannels(Tensor a, Tensor b) {
        Nd4jTensor first = Nd4jTensor.of(a);
        Nd4jTensor second = Nd4jTensor.of(b);
        int[] shape = first.shape.clone();
        shape[shape.length - 1] += second.channels();
        Nd4jTensor out = memory.tensor(shape);
        Nd.concat(1, out.matrix(), first.matrix(), second.matrix());
        return out;
    }

    @Override
    public Tensor concatTokens(Tensor a, Tensor b) {
        Nd4jTensor first = Nd4jTensor.of(a);
        Nd4jTensor second = Nd4jTensor.of(b);
        Nd4jTensor out = memory.tensor(first.shape[0], first.shape[1] + second.shape[1], first.shape[2]);
        Nd.concat(1, out.array, first.array, second.array);
        return out;
    }

    @Override
    public Tensor tokens(Tensor x, int from, int to) {
        Nd4jTensor in = Nd4jTensor.of(x);
        int n = in.shape[1];
        int d = in.shape[2];
        Nd4jTensor out = memory.tensor(in.shape[0], to - from, d);
        for (int v = 0; v < in.shape[0]; v++) {
            out.part((long) v * (to - from) * d, (to - from) * d)
                    .assign(in.part(((long) v * n + from) * d, (to - from) * d));
        }
        return out;
    }

    @Override
    public Tensor views(Tensor x, int from, int to) {
        int[] order = new int[to - from];
        Arrays.setAll(order, i -> from + i);
        return reorderViews(x, order);
    }

    @Override
    public Tensor reorderViews(Tensor x, int[] order) {
        Nd4jTensor in = Nd4jTensor.of(x);
        int view = in.size() / in.shape[0];
        int[] shape = in.shape.clone();
        shape[0] = order.length;
        Nd4jTensor out = memory.tensor(shape);
        for (int v = 0; v < order.length; v++) {
            out.part((long) v * view, view).assign(in.part((long) order[v] * view, view));
        }
        return out;
    }

    @Override
    public Tensor patches(Tensor image, int p) {
        Nd4jTensor in = Nd4jTensor.of(image); // (views, 3, H, W)
        int views = in.shape[0];
        int channels = in.shape[1];
        int rows = in.shape[2] / p;
        int columns = in.shape[3] / p;
        Nd4jTensor out = memory.tensor(views, rows * columns, channels * p * p);
        out.as(views, rows, columns, channels, p, p)
                .assign(in.as(views, channels, rows, p, columns, p).permute(0, 2, 4, 1, 3, 5));
        return out;
    }

    @Override
    public Tensor channelsLast(Tensor image) {
        Nd4jTensor in = Nd4jTensor.of(image);
        Nd4jTensor out = memory.tensor(in.shape[0], in.shape[2], in.shape[3], in.shape[1]);
        out.array.assign(in.array.permute(0, 2, 3, 1));
        return out;
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
        Nd4jTensor in = Nd4jTensor.of(before == Activation.NONE ? x : activate(x, before));
        Nd4jParameter kernel = prepared(weight);
        int views = in.shape[0];
        int h = in.shape[1];
        int w = in.shape[2];
        Nd4jTensor out = memory.tensor(views, (h + stride - 1) / stride, (w + stride - 1) / stride, kernel.shape()[0]);
        int inView = in.size() / views;
        int outView = out.size() / views;
        for (int v = 0; v < views; v++) {
            if (stride == 1) {
                Convolution3x3.apply(in, (long) v * inView, h, w, kernel, out, (long) v * outView, memory);
            } else {
                Convolution3x3.strided(in, (long) v * inView, h, w, stride, kernel, out, (long) v * outView, memory);
            }
        }
        addBias(out, bias);
        if (residual != null) {
            out.array.addi(Nd4jTensor.of(residual).array);
        }
        activateInPlace(out, after);
        return out;
    }

    @Override
    public Tensor transposedConvolution(Tensor x, Parameter weight, Parameter bias) {
        Nd4jTensor in = Nd4jTensor.of(x);
        Nd4jParameter kernel = prepared(weight);
        int k = kernel.shape()[2];
        int channels = kernel.shape()[1];
        int h = in.shape[1];
        int w = in.shape[2];
        Nd4jTensor out = memory.tensor(in.shape[0], h * k, w * k, channels);
        try (Scope scope = memory.scope()) {
            Nd4jTensor tiles = memory.tensor(h, w, k, k, channels); // one view: every pixel a k x k tile
            for (int v = 0; v < in.shape[0]; v++) {
                Nd.matmul(
                        in.part((long) v * h * w * in.channels(), h * w, in.channels()),
                        kernel.as(in.channels(), k * k * channels),
                        false,
                        tiles.as(h * w, k * k * channels));
                out.part((long) v * h * k * w * k * channels, h, k, w, k, channels)
                        .assign(tiles.array.permute(0, 2, 1, 3, 4));
            }
        }
        addBias(out, bias);
        return out;
    }

    @Override
    public Tensor resize(Tensor x, int rows, int columns) {
        Nd4jTensor in = Nd4jTensor.of(x);
        if (in.shape[1] == rows && in.shape[2] == columns) {
            return memory.alias(in, in.shape);
        }
        Nd4jTensor out = memory.tensor(in.shape[0], rows, columns, in.channels());
        int view = in.size() / in.shape[0];
        int enlarged = out.size() / in.shape[0];
        // ND4J's resize overlooks where an array begins in its buffer, so it gets arrays that begin at the start
        INDArray source = resizeSource.as(1, in.shape[1], in.shape[2], in.channels());
        INDArray target = resizeTarget.as(1, rows, columns, in.channels());
        for (int v = 0; v < in.shape[0]; v++) {
            source.assign(in.part((long) v * view, 1, in.shape[1], in.shape[2], in.channels()));
            Nd.resizeBilinear(source, target);
            out.part((long) v * enlarged, 1, rows, columns, in.channels()).assign(target);
        }
        return out;
    }

    @Override
    public Tensor addUv(Tensor x, Tensor u, Tensor v) {
        Nd4jTensor out = copy(Nd4jTensor.of(x));
        int h = out.shape[1];
        int w = out.shape[2];
        int c = out.channels();
        try (Scope scope = memory.scope()) {
            // (h, w, c) from (1, w, c / 2) and (h, 1, c / 2)
            Nd4jTensor table = memory.tensor(h, w, c);
            table.array.assign(0);
            Nd.addRow(table.as(h, w * c), widened(Nd4jTensor.of(u), 0, w, c).as(w * c));
            Nd.exec(
                    "add",
                    table.array,
                    table.array,
                    widened(Nd4jTensor.of(v), c / 2, h, c).as(h, 1, c));
            for (int i = 0; i < out.shape[0]; i++) {
                out.part((long) i * h * w * c, h * w * c).addi(table.as(h * w * c));
            }
        }
        return out;
    }

    /** (n, c / 2) -> (n, c), the rest zero. */
    private Nd4jTensor widened(Nd4jTensor half, int from, int n, int c) {
        Nd4jTensor wide = memory.tensor(n, c);
        wide.array.assign(0);
        wide.columns(n, c, from, c / 2).assign(half.array);
        return wide;
    }

    /** The most bytes that activations took at a time so far. */
    long activationPeakBytes() {
        return run(() -> Float.BYTES * (memory.peak() + resizeSource.length() + resizeTarget.length()));
    }

    @Override
    public void close() {
        thread.close(() -> {
            memory.clear();
            tables.clear();
            parameters.forEach(Nd4jParameter::release);
        });
    }
}
