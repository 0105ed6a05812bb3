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
    private final Activations activations = new Activations(memory);
    private final LinearMaps linearMaps = new LinearMaps(memory, activations);
    private final LayerNormalization layerNorm = new LayerNormalization(memory, constants);
    private final RotaryEmbedding rotary = new RotaryEmbedding(memory, constants);
    private final MultiHeadAttention attention = new MultiHeadAttention(memory, constants, rotary);
    private final AttentionBackward attentionBackward =
            new AttentionBackward(memory, attention, rotary, layerNorm, arithmetic);
    private final FusedConvolution convolution = new FusedConvolution(memory, activations);
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
        return memory.upload(values, shape);
    }

    @Override
    public float[] download(Tensor x) {
        return Nd4jTensor.of(x).download();
    }

    @Override
    public Tensor reshape(Tensor x, int... shape) {
        return memory.alias(Nd4jTensor.of(x), shape);
    }

    @Override
    public Tensor value(Parameter parameter) {
        return Nd4jParameter.prepared(parameter).value(memory);
    }

    @Override
    public Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        return arithmetic.matmul(Nd4jTensor.of(a), transposeA, Nd4jTensor.of(b), transposeB);
    }

    @Override
    public Tensor linear(Tensor x, Parameter weight, Parameter bias, Activation activation) {
        return linearMaps.linear(Nd4jTensor.of(x), Nd4jParameter.prepared(weight), bias, activation);
    }

    @Override
    public Tensor linearResidual(Tensor x, Parameter weight, Parameter bias, Parameter gamma, Tensor residual) {
        return linearMaps.linearResidual(
                Nd4jTensor.of(x), Nd4jParameter.prepared(weight), bias, gamma, Nd4jTensor.of(residual));
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
    public LayerGradients layerNormBackward(Tensor dy, Tensor x, Parameter weight, double epsilon, boolean parameters) {
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
        return activations.apply(Nd4jTensor.of(x), activation);
    }

    @Override
    public Tensor activationBackward(Tensor dy, Tensor x, Tensor y, Activation activation) {
        return activations.backward(Nd4jTensor.of(dy), Nd4jTensor.of(x), Nd4jTensor.of(y), activation);
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
        return arithmetic.addToEveryView(Nd4jTensor.of(x), Nd4jTensor.of(table));
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
        return convolution.apply(
                Nd4jTensor.of(x), before, Nd4jParameter.prepared(weight), bias, stride, Nd4jTensor.of(residual), after);
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
        return transposedConvolution.apply(Nd4jTensor.of(x), Nd4jParameter.prepared(weight), bias);
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
        return arithmetic.addUv(Nd4jTensor.of(x), Nd4jTensor.of(u), Nd4jTensor.of(v));
    }

    /** Returns the peak of bytes used by activations so far. */
    long activationPeakBytes() {
        return run(() -> Float.BYTES * (memory.peak() + resize.length()));
    }

    /** Returns the bytes of all parameters prepared so far. */
    long weightBytes() {
        return parameters.stream().mapToLong(Nd4jParameter::preparedBytes).sum();
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
