package da3.nn.nd4j;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import da3.nn.autograd.DifferentiableEngine;
import da3.nn.engine.EngineThread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/** An engine that runs every operation, forward and backward, in ND4J in float32, on the backend on the class path. */
public final class Nd4jEngine implements DifferentiableEngine {

    private final EngineThread thread = new EngineThread("da3-nd4j");
    private final TensorMemory memory = new TensorMemory(thread);
    private final ConstantArrays constants = new ConstantArrays();
    private final DataMovement dataMovement = new DataMovement(memory);
    private final Arithmetic arithmetic = new Arithmetic(memory);
    private final LinearMaps linearMaps = new LinearMaps(memory);
    private final Activations activations = new Activations(memory);
    private final LayerNormalization layerNorm = new LayerNormalization(memory, constants);
    private final RotaryEmbedding rotary = new RotaryEmbedding(memory, constants);
    private final MultiHeadAttention attention = new MultiHeadAttention(memory, constants, rotary);
    private final AttentionBackward attentionBackward =
            new AttentionBackward(memory, attention, rotary, layerNorm, arithmetic);
    private final Convolution3x3Backward convolutionBackward = new Convolution3x3Backward(memory);
    private final TransposedConvolution transposedConvolution = new TransposedConvolution(memory);
    private final Resize resize = new Resize(memory, dataMovement);
    private final List<Nd4jParameter> parameters = Collections.synchronizedList(new ArrayList<>());
    private final int threads;

    /**
     * @param threads number of threads, at least 1
     * @throws IllegalStateException if ND4J cannot be started
     */
    public Nd4jEngine(int threads) {
        this.threads = Check.atLeast("threads", 1, threads);
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

    @Override
    public void assign(Parameter parameter, float[] values) {
        thread.requireCurrent();
        ((Nd4jParameter) parameter).assign(values);
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
        Nd4jParameter p = Nd4jParameter.prepared(parameter);
        Nd4jTensor out = memory.tensor(p.shape());
        out.array.assign(p.original());
        return out;
    }

    @Override
    public Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        Nd4jTensor left = Nd4jTensor.of(a);
        Nd4jTensor right = Nd4jTensor.of(b);
        int inner = left.shape[transposeA ? 0 : 1];
        if (inner != right.shape[transposeB ? 1 : 0]) {
            throw new IllegalArgumentException("the inner sizes of a product must be equal, got " + left
                    + (transposeA ? " transposed" : "") + " times " + right + (transposeB ? " transposed" : ""));
        }
        Nd4jTensor out = memory.tensor(left.shape[transposeA ? 1 : 0], right.shape[transposeB ? 0 : 1]);
        Nd.matmul(left.array, transposeA, right.array, transposeB, out.array);
        return out;
    }

    @Override
    public Tensor linear(Tensor x, Parameter weight, Parameter bias, Activation activation) {
        Nd4jTensor out = linearMaps.apply(Nd4jTensor.of(x), Nd4jParameter.prepared(weight), bias);
        activations.inPlace(out, activation);
        return out;
    }

    @Override
    public Tensor linearResidual(Tensor x, Parameter weight, Parameter bias, Parameter gamma, Tensor residual) {
        Nd4jTensor out = linearMaps.apply(Nd4jTensor.of(x), Nd4jParameter.prepared(weight), bias);
        if (gamma != null) {
            Nd.exec(
                    "multiply",
                    out.matrix(),
                    out.matrix(),
                    Nd4jParameter.prepared(gamma).as(out.channels()));
        }
        out.array.addi(Nd4jTensor.of(residual).array);
        return out;
    }

    @Override
    public Tensor linearBackwardData(Tensor dy, Parameter weight) {
        return linearMaps.inputGradient(Nd4jTensor.of(dy), Nd4jParameter.prepared(weight));
    }

    @Override
    public Tensor linearBackwardWeight(Tensor dy, Tensor x, Parameter weight) {
        return linearMaps.weightGradient(Nd4jTensor.of(dy), Nd4jTensor.of(x), (Nd4jParameter) weight);
    }

    @Override
    public Tensor layerNorm(Tensor x, Parameter weight, Parameter bias, double epsilon) {
        return layerNorm.apply(Nd4jTensor.of(x), weight, bias, epsilon);
    }

    @Override
    public LayerNormGradients layerNormBackward(
            Tensor dy, Tensor x, Parameter weight, double epsilon, boolean parameters) {
        return layerNorm.backward(Nd4jTensor.of(dy), Nd4jTensor.of(x), weight, epsilon, parameters);
    }

    @Override
    public Tensor attention(Tensor qkv, int heads, QkNorm qkNorm, RotaryPositions positions) {
        return attention.apply(Nd4jTensor.of(qkv), heads, qkNorm, positions);
    }

    @Override
    public AttentionGradients attentionBackward(
            Tensor dy, Tensor y, Tensor qkv, int heads, QkNorm qkNorm, RotaryPositions positions, boolean parameters) {
        return attentionBackward.apply(
                Nd4jTensor.of(dy), Nd4jTensor.of(y), Nd4jTensor.of(qkv), heads, qkNorm, positions, parameters);
    }

    @Override
    public Tensor swiGlu(Tensor x) {
        return activations.swiGlu(Nd4jTensor.of(x));
    }

    @Override
    public Tensor swiGluBackward(Tensor dy, Tensor x) {
        return activations.swiGluBackward(Nd4jTensor.of(dy), Nd4jTensor.of(x));
    }

    @Override
    public Tensor activate(Tensor x, Activation activation) {
        Nd4jTensor out = dataMovement.copy(Nd4jTensor.of(x));
        activations.inPlace(out, activation);
        return out;
    }

    @Override
    public Tensor activationBackward(Tensor dy, Tensor x, Tensor y, Activation activation) {
        return activations.backward(
                Nd4jTensor.of(dy),
                x == null ? null : Nd4jTensor.of(x),
                y == null ? null : Nd4jTensor.of(y),
                activation);
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return arithmetic.add(Nd4jTensor.of(a), Nd4jTensor.of(b));
    }

    @Override
    public Tensor multiply(Tensor a, Tensor b) {
        return arithmetic.multiply(Nd4jTensor.of(a), Nd4jTensor.of(b));
    }

    @Override
    public Tensor multiplyChannels(Tensor x, Tensor factors) {
        return arithmetic.multiplyChannels(Nd4jTensor.of(x), Nd4jTensor.of(factors));
    }

    @Override
    public Tensor sumRows(Tensor x) {
        return arithmetic.sumRows(Nd4jTensor.of(x));
    }

    @Override
    public Tensor sumViews(Tensor x) {
        return arithmetic.sumViews(Nd4jTensor.of(x));
    }

    @Override
    public Tensor addToEveryView(Tensor x, Tensor table) {
        Nd4jTensor out = dataMovement.copy(Nd4jTensor.of(x));
        Nd4jTensor row = Nd4jTensor.of(table);
        Nd.addRow(out.as(out.size() / row.size(), row.size()), row.as(row.size()));
        return out;
    }

    @Override
    public Tensor concatChannels(Tensor a, Tensor b) {
        return dataMovement.concatChannels(Nd4jTensor.of(a), Nd4jTensor.of(b));
    }

    @Override
    public Tensor channels(Tensor x, int from, int to) {
        return dataMovement.channels(Nd4jTensor.of(x), from, to);
    }

    @Override
    public Tensor concatTokens(Tensor a, Tensor b) {
        return dataMovement.concatTokens(Nd4jTensor.of(a), Nd4jTensor.of(b));
    }

    @Override
    public Tensor tokens(Tensor x, int from, int to) {
        return dataMovement.tokens(Nd4jTensor.of(x), from, to);
    }

    @Override
    public Tensor tokensBackward(Tensor dy, int from, int count) {
        return dataMovement.tokensBackward(Nd4jTensor.of(dy), from, count);
    }

    @Override
    public Tensor views(Tensor x, int from, int to) {
        return dataMovement.views(Nd4jTensor.of(x), from, to);
    }

    @Override
    public Tensor reorderViews(Tensor x, int[] order) {
        return dataMovement.reorderViews(Nd4jTensor.of(x), order);
    }

    @Override
    public Tensor reorderViewsBackward(Tensor dy, int[] order, int views) {
        return dataMovement.reorderViewsBackward(Nd4jTensor.of(dy), order, views);
    }

    @Override
    public Tensor patches(Tensor image, int patch) {
        return dataMovement.patches(Nd4jTensor.of(image), patch);
    }

    @Override
    public Tensor patchesBackward(Tensor dy, int patch, int channels, int height, int width) {
        return dataMovement.patchesBackward(Nd4jTensor.of(dy), patch, channels, height, width);
    }

    @Override
    public Tensor channelsLast(Tensor image) {
        return dataMovement.channelsLast(Nd4jTensor.of(image));
    }

    @Override
    public Tensor channelsLastBackward(Tensor dy) {
        return dataMovement.channelsLastBackward(Nd4jTensor.of(dy));
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
        Nd4jParameter kernel = Nd4jParameter.prepared(weight);
        int views = in.shape[0];
        int h = in.shape[1];
        int w = in.shape[2];
        Nd4jTensor out = memory.tensor(views, (h + stride - 1) / stride, (w + stride - 1) / stride, kernel.shape()[0]);
        int inView = in.size() / views;
        int outView = out.size() / views;
        for (int v = 0; v < views; v++) {
            if (stride == 1) {
                Convolution3x3.apply(
                        in, (long) v * inView, h, w, in.channels(), kernel::part, out, (long) v * outView, memory);
            } else {
                Convolution3x3.strided(in, (long) v * inView, h, w, stride, kernel, out, (long) v * outView, memory);
            }
        }
        LinearMaps.addBias(out, bias);
        if (residual != null) {
            out.array.addi(Nd4jTensor.of(residual).array);
        }
        activations.inPlace(out, after);
        return out;
    }

    @Override
    public Tensor convolutionBackwardData(Tensor dy, Parameter weight, int stride, int rows, int columns) {
        return convolutionBackward.inputGradient(
                Nd4jTensor.of(dy), Nd4jParameter.prepared(weight), stride, rows, columns);
    }

    @Override
    public Tensor convolutionBackwardWeight(Tensor dy, Tensor x, Parameter weight, int stride) {
        return convolutionBackward.weightGradient(Nd4jTensor.of(dy), Nd4jTensor.of(x), (Nd4jParameter) weight, stride);
    }

    @Override
    public Tensor transposedConvolution(Tensor x, Parameter weight, Parameter bias) {
        Nd4jTensor out = transposedConvolution.apply(Nd4jTensor.of(x), Nd4jParameter.prepared(weight));
        LinearMaps.addBias(out, bias);
        return out;
    }

    @Override
    public Tensor transposedConvolutionBackwardData(Tensor dy, Parameter weight) {
        return transposedConvolution.inputGradient(Nd4jTensor.of(dy), Nd4jParameter.prepared(weight));
    }

    @Override
    public Tensor transposedConvolutionBackwardWeight(Tensor dy, Tensor x, Parameter weight) {
        return transposedConvolution.weightGradient(Nd4jTensor.of(dy), Nd4jTensor.of(x), (Nd4jParameter) weight);
    }

    @Override
    public Tensor resize(Tensor x, int rows, int columns) {
        return resize.apply(Nd4jTensor.of(x), rows, columns);
    }

    @Override
    public Tensor resizeBackward(Tensor dy, int rows, int columns) {
        return resize.backward(Nd4jTensor.of(dy), rows, columns);
    }

    @Override
    public Tensor addUv(Tensor x, Tensor u, Tensor v) {
        Nd4jTensor out = dataMovement.copy(Nd4jTensor.of(x));
        int h = out.shape[1];
        int w = out.shape[2];
        int c = out.channels();
        try (Scope scope = memory.scope()) {
            // (h, w, c) from (1, w, c / 2) and (h, 1, c / 2)
            Nd4jTensor table = memory.tensor(h, w, c);
            table.array.assign(0);
            Nd.addRow(table.as(h, w * c), padded(Nd4jTensor.of(u), 0, w, c).as(w * c));
            Nd.exec(
                    "add",
                    table.array,
                    table.array,
                    padded(Nd4jTensor.of(v), c / 2, h, c).as(h, 1, c));
            for (int i = 0; i < out.shape[0]; i++) {
                out.part((long) i * h * w * c, h * w * c).addi(table.as(h * w * c));
            }
        }
        return out;
    }

    /** Pads with zeros: (n, c / 2) -> (n, c), the values beginning at channel {@code from}. */
    private Nd4jTensor padded(Nd4jTensor half, int from, int n, int c) {
        Nd4jTensor padded = memory.tensor(n, c);
        padded.array.assign(0);
        padded.columns(n, c, from, c / 2).assign(half.array);
        return padded;
    }

    /** Returns the peak of bytes used by activations so far. */
    long activationPeakBytes() {
        return run(() -> Float.BYTES * (memory.peak() + resize.length()));
    }

    @Override
    public void close() {
        thread.close(() -> {
            memory.clear();
            constants.clear();
            parameters.forEach(Nd4jParameter::release);
        });
    }
}
