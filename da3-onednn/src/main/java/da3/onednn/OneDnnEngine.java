package da3.onednn;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.Parameter;
import da3.nn.Precision;
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

/** An engine that runs every operation, forward and backward, in oneDNN; for x86-64 processors with AVX2 or better. */
public final class OneDnnEngine implements DifferentiableEngine {

    /** Floats kept between calls: 384 MiB, enough for a few views of a small model. */
    private static final long IDLE_FLOATS = 96L << 20;

    private static final String NAME = "onednn";

    private static final Wanted INPUT = new Wanted(true, false, false);

    private static final Wanted WEIGHT = new Wanted(false, true, false);

    private final EngineThread thread = new EngineThread("da3-" + NAME);
    private final ExecutionContext context;
    private final TensorMemory memory = new TensorMemory(thread::requireCurrent, IDLE_FLOATS);
    private final FusedLinear fusedLinear;
    private final MatMul matMul;
    private final MultiHeadAttention attention;
    private final Elementwise elementwise;
    private final Convolution3x3 convolution;
    private final TransposedConvolution transposedConvolution;
    private final Resize resize;
    private final DataMovement dataMovement;
    private final Arithmetic arithmetic;
    private final LayerScale layerScale;
    private final Reductions reductions;
    private final InPlaceUpdates inPlaceUpdates;
    private final DataMovementBackward dataMovementBackward;
    private final ElementwiseBackward elementwiseBackward;
    private final LinearBackward linearBackward;
    private final NormBackward normBackward;
    private final AttentionBackward attentionBackward;
    private final ConvolutionBackward convolutionBackward;
    private final TransposedConvolutionBackward transposedConvolutionBackward;
    private final ResizeBackward resizeBackward;
    private final List<OneDnnParameter> parameters = Collections.synchronizedList(new ArrayList<>());

    /** Creates an engine that computes in float32. */
    public OneDnnEngine(int threads) {
        this(threads, Precision.FLOAT32);
    }

    /**
     * @param threads number of threads, at least 1
     * @throws IllegalStateException if the processor lacks AVX2 or the instructions for the precision, or oneDNN cannot
     *     be loaded
     */
    public OneDnnEngine(int threads, Precision precision) {
        Check.atLeast("threads", 1, threads);
        Library.load();
        if (!Library.supports(precision)) {
            String needed = precision == Precision.INT8 ? "VNNI" : "AVX-512 and bfloat16";
            throw new IllegalStateException(precision.id() + " needs a processor with " + needed + ", this one has "
                    + Library.instructionSet() + ": use float32");
        }
        this.context = new ExecutionContext(
                new ThreadPool("da3-" + NAME, threads, Library::limitToCallingThread),
                new Kernels(threads, Kernels.MAX_KEPT),
                memory,
                productPrecision(precision),
                precision);
        this.fusedLinear = new FusedLinear(context);
        this.matMul = new MatMul(context);
        this.attention = new MultiHeadAttention(context);
        this.elementwise = new Elementwise(context);
        this.convolution = new Convolution3x3(context);
        this.transposedConvolution = new TransposedConvolution(context);
        this.resize = new Resize(context);
        this.dataMovement = new DataMovement(context);
        this.arithmetic = new Arithmetic(context);
        this.layerScale = new LayerScale(context);
        this.reductions = new Reductions(context);
        this.inPlaceUpdates = new InPlaceUpdates(context);
        this.dataMovementBackward = new DataMovementBackward(context);
        this.elementwiseBackward = new ElementwiseBackward(context);
        this.linearBackward = new LinearBackward(context);
        this.normBackward = new NormBackward(context);
        this.attentionBackward = new AttentionBackward(context);
        this.convolutionBackward = new ConvolutionBackward(context);
        this.transposedConvolutionBackward = new TransposedConvolutionBackward(context);
        this.resizeBackward = new ResizeBackward(context);
        thread.run(() -> {
            Library.limitToCallingThread();
            return null;
        });
    }

    /** Returns the precision of the factors of products that are not quantized. */
    static Precision productPrecision(Precision precision) {
        if (precision != Precision.INT8) {
            return precision;
        }
        return Library.hasBfloat16() ? Precision.BFLOAT16 : Precision.FLOAT32;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        int threads = threads();
        return "oneDNN " + Library.version() + " with " + Library.instructionSet() + ", " + precision() + ", " + threads
                + (threads == 1 ? " thread" : " threads");
    }

    @Override
    public int threads() {
        return context.threads().workers();
    }

    @Override
    public String precision() {
        return context.requested().id();
    }

    @Override
    public <T> T run(Callable<T> work) {
        return thread.run(work);
    }

    @Override
    public <T> T run(Callable<T> work, Runnable interrupted) {
        return thread.run(work, interrupted);
    }

    @Override
    public Scope scope() {
        context.kernels().trim();
        return memory.scope();
    }

    @Override
    public Parameter parameter(WeightSource source, String name, Parameter.Role role, int... shape) {
        return register(new OneDnnParameter(source, name, role, false, shape));
    }

    @Override
    public Parameter trainedParameter(WeightSource source, String name, Parameter.Role role, int... shape) {
        if (context.isQuantized()) {
            throw Check.invalid("precision of an engine for training", "float32 or bfloat16", precision());
        }
        return register(new OneDnnParameter(source, name, role, true, shape));
    }

    private OneDnnParameter register(OneDnnParameter parameter) {
        parameters.add(parameter);
        return parameter;
    }

    @Override
    public Tensor upload(float[] values, int... shape) {
        return context.write(values, shape);
    }

    @Override
    public float[] download(Tensor x) {
        return context.read(of(x));
    }

    @Override
    public Tensor reshape(Tensor x, int... shape) {
        return memory.alias(of(x), shape);
    }

    @Override
    public Tensor value(Parameter parameter) {
        return of(parameter).value(context);
    }

    @Override
    public Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        return matMul.multiply(of(a), transposeA, of(b), transposeB);
    }

    @Override
    public Tensor linear(Tensor x, Parameter weight, Parameter bias, Activation activation) {
        return fusedLinear.linear(of(x), of(weight), of(bias), null, null, activation);
    }

    @Override
    public Tensor linearResidual(Tensor x, Parameter weight, Parameter bias, Parameter gamma, Tensor residual) {
        return fusedLinear.linear(of(x), of(weight), of(bias), of(gamma), of(residual), Activation.NONE);
    }

    @Override
    public Tensor layerNorm(Tensor x, Parameter weight, Parameter bias, double epsilon) {
        return elementwise.layerNorm(of(x), of(weight), of(bias), epsilon);
    }

    @Override
    public Tensor attention(Tensor qkv, int heads, QkNorm qkNorm, RotaryPositions positions) {
        return attention.apply(of(qkv), heads, qkNorm, positions);
    }

    @Override
    public Tensor swiGlu(Tensor x) {
        return elementwise.swiGlu(of(x));
    }

    @Override
    public Tensor activate(Tensor x, Activation activation) {
        return elementwise.activate(of(x), activation);
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return elementwise.add(of(a), of(b));
    }

    @Override
    public Tensor addToEveryView(Tensor x, Tensor table) {
        return elementwise.add(of(x), of(table));
    }

    @Override
    public Tensor concatChannels(Tensor a, Tensor b) {
        return dataMovement.concatChannels(of(a), of(b));
    }

    @Override
    public Tensor concatTokens(Tensor a, Tensor b) {
        return dataMovement.concatTokens(of(a), of(b));
    }

    @Override
    public Tensor tokens(Tensor x, int from, int to) {
        return dataMovement.tokens(of(x), from, to);
    }

    @Override
    public Tensor views(Tensor x, int from, int to) {
        return dataMovement.views(of(x), from, to);
    }

    @Override
    public Tensor reorderViews(Tensor x, int[] order) {
        return dataMovement.reorderViews(of(x), order);
    }

    @Override
    public Tensor patches(Tensor image, int patch) {
        return dataMovement.patches(of(image), patch);
    }

    @Override
    public Tensor channelsLast(Tensor image) {
        return dataMovement.channelsLast(of(image));
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
        return convolution.apply(of(x), before, of(weight), of(bias), stride, of(residual), after);
    }

    @Override
    public Tensor transposedConvolution(Tensor x, Parameter weight, Parameter bias) {
        return transposedConvolution.apply(of(x), of(weight), of(bias));
    }

    @Override
    public Tensor resize(Tensor x, int rows, int columns) {
        return resize.apply(of(x), rows, columns);
    }

    @Override
    public Tensor addUv(Tensor x, Tensor u, Tensor v) {
        return elementwise.addUv(of(x), of(u), of(v));
    }

    @Override
    public void assign(Parameter parameter, float[] values) {
        thread.requireCurrent();
        of(parameter).assign(values);
    }

    @Override
    public void update(List<ParameterUpdate> updates) {
        inPlaceUpdates.apply(updates);
    }

    @Override
    public double sumOfSquares(List<Tensor> tensors) {
        return inPlaceUpdates.sumOfSquares(
                tensors.stream().map(OneDnnEngine::of).toList());
    }

    @Override
    public Tensor multiply(Tensor a, Tensor b) {
        return arithmetic.multiply(of(a), of(b));
    }

    @Override
    public Tensor layerScale(Tensor x, Parameter gamma, Tensor residual) {
        return layerScale.apply(of(x), of(gamma), of(residual));
    }

    @Override
    public LayerScaleGradients layerScaleBackward(Tensor dy, Tensor x, Parameter gamma) {
        return layerScale.backward(of(dy), of(x), of(gamma));
    }

    @Override
    public Tensor multiplyChannels(Tensor x, Tensor factors) {
        return arithmetic.multiplyChannels(of(x), of(factors));
    }

    @Override
    public Tensor sumRows(Tensor x) {
        return reductions.sumRows(of(x));
    }

    @Override
    public Tensor sumViews(Tensor x) {
        return reductions.sumViews(of(x));
    }

    @Override
    public Tensor channels(Tensor x, int from, int to) {
        return dataMovementBackward.channels(of(x), from, to);
    }

    @Override
    public Tensor tokensBackward(Tensor dy, int from, int count) {
        return dataMovementBackward.tokens(of(dy), from, count);
    }

    @Override
    public Tensor reorderViewsBackward(Tensor dy, int[] order, int views) {
        return dataMovementBackward.views(of(dy), order, views);
    }

    @Override
    public Tensor patchesBackward(Tensor dy, int patch, int channels, int height, int width) {
        return dataMovementBackward.patches(of(dy), patch, channels, height, width);
    }

    @Override
    public Tensor channelsLastBackward(Tensor dy) {
        return dataMovementBackward.channelsLast(of(dy));
    }

    @Override
    public Tensor linearBackwardData(Tensor dy, Parameter weight) {
        return linearBackward(dy, null, weight, INPUT).x();
    }

    @Override
    public Tensor linearBackwardWeight(Tensor dy, Tensor x, Parameter weight) {
        return linearBackward(dy, x, weight, WEIGHT).weight();
    }

    @Override
    public LayerGradients linearBackward(Tensor dy, Tensor x, Parameter weight, Wanted wanted) {
        return linearBackward.apply(of(dy), of(x), of(weight), wanted);
    }

    @Override
    public Tensor activationBackward(Tensor dy, Tensor x, Tensor y, Activation activation) {
        return elementwiseBackward.activation(of(dy), of(x), of(y), activation);
    }

    @Override
    public Tensor swiGluBackward(Tensor dy, Tensor x) {
        return elementwiseBackward.swiGlu(of(dy), of(x));
    }

    @Override
    public LayerGradients layerNormBackward(Tensor dy, Tensor x, Parameter weight, double epsilon, boolean parameters) {
        return normBackward.apply(of(dy), of(x), of(weight), epsilon, parameters);
    }

    @Override
    public AttentionGradients attentionBackward(
            Tensor dy, Tensor y, Tensor qkv, int heads, QkNorm qkNorm, RotaryPositions positions, boolean parameters) {
        return attentionBackward.apply(of(dy), of(qkv), heads, qkNorm, positions, parameters);
    }

    @Override
    public Tensor convolutionBackwardData(Tensor dy, Parameter weight, int stride, int rows, int columns) {
        return convolutionBackward(dy, null, weight, stride, rows, columns, INPUT)
                .x();
    }

    @Override
    public Tensor convolutionBackwardWeight(Tensor dy, Tensor x, Parameter weight, int stride) {
        return convolutionBackward(dy, x, weight, stride, x.size(1), x.size(2), WEIGHT)
                .weight();
    }

    @Override
    public LayerGradients convolutionBackward(
            Tensor dy, Tensor x, Parameter weight, int stride, int rows, int columns, Wanted wanted) {
        return convolutionBackward.apply(of(dy), of(x), of(weight), stride, rows, columns, wanted);
    }

    @Override
    public Tensor transposedConvolutionBackwardData(Tensor dy, Parameter weight) {
        return transposedConvolutionBackward.inputGradient(of(dy), of(weight));
    }

    @Override
    public Tensor transposedConvolutionBackwardWeight(Tensor dy, Tensor x, Parameter weight) {
        return transposedConvolutionBackward.weightGradient(of(dy), of(x), of(weight));
    }

    @Override
    public Tensor resizeBackward(Tensor dy, int rows, int columns) {
        return resizeBackward.apply(of(dy), rows, columns);
    }

    /** Returns the peak of bytes used by activations so far. */
    long activationPeakBytes() {
        return run(() -> Float.BYTES * memory.peak());
    }

    static OneDnnTensor of(Tensor tensor) {
        OneDnnTensor t = (OneDnnTensor) tensor;
        if (t != null && t.storage.users == 0) {
            throw new IllegalStateException(t + " was released: its scope is closed");
        }
        return t;
    }

    static OneDnnParameter of(Parameter parameter) {
        return (OneDnnParameter) parameter;
    }

    @Override
    public void close() {
        thread.close(() -> {
            context.threads().close();
            memory.clear();
            context.kernels().release();
            parameters.forEach(OneDnnParameter::release);
        });
    }
}
