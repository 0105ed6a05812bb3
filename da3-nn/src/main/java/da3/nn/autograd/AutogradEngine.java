package da3.nn.autograd;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import da3.nn.engine.ForwardingEngine;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * An engine that computes with another engine and records each operation together with the rule of its backward pass.
 *
 * <p>Networks are built on it as on any engine. Inside {@link #run}, open a scope, run the network, and call
 * {@link #backward}. An operation is recorded only if a trained parameter or an {@link #input} reaches it, so that
 * nothing below the lowest trained parameter costs memory or is differentiated. A value that no rule reads is released
 * as soon as the scope of the network closes.
 *
 * <p>Reference view strategies other than {@code FIRST} read tokens to the host and have no gradient through the
 * choice.
 */
public final class AutogradEngine extends ForwardingEngine {

    private final DifferentiableEngine engine;
    private final Predicate<String> isTrained;
    private final boolean checkpointing;
    private final Recorder recorder;
    private final ElementwiseRules elementwise;
    private final LinearRules linear;
    private final AttentionRules attention;
    private final DataMovementRules dataMovement;
    private final FeatureMapRules featureMaps;

    /**
     * Returns an engine that records what another engine computes.
     *
     * @param engine computes; closed with the result, or immediately if it has no backward pass
     * @throws IllegalArgumentException if the engine has no backward pass
     */
    public static AutogradEngine recording(Engine engine, Predicate<String> isTrained, boolean checkpointing) {
        if (engine instanceof DifferentiableEngine differentiable) {
            return new AutogradEngine(differentiable, isTrained, checkpointing);
        }
        engine.close();
        throw Check.invalid("engine", "one with a backward pass", engine.name());
    }

    /**
     * @param engine computes; closed with this engine
     * @param isTrained whether the parameter of a checkpoint name gets a gradient
     * @param checkpointing whether the backward pass recomputes the intermediate results of a {@link #checkpoint},
     *     which saves memory at the cost of another forward pass
     */
    public AutogradEngine(DifferentiableEngine engine, Predicate<String> isTrained, boolean checkpointing) {
        super(engine);
        this.engine = engine;
        this.isTrained = isTrained;
        this.checkpointing = checkpointing;
        this.recorder = new Recorder(engine);
        this.elementwise = new ElementwiseRules(recorder);
        this.linear = new LinearRules(recorder, elementwise);
        this.attention = new AttentionRules(recorder);
        this.dataMovement = new DataMovementRules(recorder);
        this.featureMaps = new FeatureMapRules(recorder, elementwise);
    }

    /** Returns the engine that computes. */
    public DifferentiableEngine engine() {
        return engine;
    }

    @Override
    public String description() {
        return engine.description() + ", recording gradients";
    }

    /** Returns the parameters that get gradients, in the order of their declaration. */
    public List<Parameter> trained() {
        return recorder.trained();
    }

    /** Uploads an input of the computation that gets a gradient. */
    public Tensor input(float[] values, int... shape) {
        return recorder.input(engine.upload(values, shape));
    }

    /**
     * Runs the backward pass of everything recorded since the outermost scope was opened, or since the last backward
     * pass, and frees what was recorded.
     *
     * @param cotangents for each output the gradient of the objective with respect to it, row-major, of its shape
     * @return gradients that live until the outermost scope closes
     * @throws IllegalArgumentException if the length of a cotangent differs from that of its output
     */
    public Gradients backward(Map<Tensor, float[]> cotangents) {
        return recorder.backward(cotangents);
    }

    @Override
    public Scope scope() {
        return recorder.scope();
    }

    @Override
    public Tensor checkpoint(UnaryOperator<Tensor> part, Tensor x) {
        return checkpointing ? recorder.checkpoint(part, x) : part.apply(x);
    }

    @Override
    public Parameter parameter(WeightSource source, String name, Parameter.Role role, int... shape) {
        if (!isTrained.test(name)) {
            return engine.parameter(source, name, role, shape);
        }
        Parameter parameter = engine.trainedParameter(source, name, role, shape);
        recorder.train(parameter);
        return parameter;
    }

    @Override
    public boolean parametersChange() {
        return true;
    }

    @Override
    public Tensor upload(float[] values, int... shape) {
        return recorder.constant(engine.upload(values, shape));
    }

    @Override
    public float[] download(Tensor x) {
        return engine.download(Variable.value(x));
    }

    @Override
    public Tensor value(Parameter parameter) {
        return recorder.record(
                engine.value(parameter), recorder.trains(parameter), (dy, sink) -> sink.add(parameter, dy));
    }

    @Override
    public Tensor reshape(Tensor x, int... shape) {
        return dataMovement.reshape(x, shape);
    }

    @Override
    public Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        return linear.matmul(a, transposeA, b, transposeB);
    }

    @Override
    public Tensor linear(Tensor x, Parameter weight, Parameter bias, Activation activation) {
        return linear.linear(x, weight, bias, activation);
    }

    @Override
    public Tensor linearResidual(Tensor x, Parameter weight, Parameter bias, Parameter gamma, Tensor residual) {
        return linear.linearResidual(x, weight, bias, gamma, residual);
    }

    @Override
    public Tensor layerNorm(Tensor x, Parameter weight, Parameter bias, double epsilon) {
        return attention.layerNorm(x, weight, bias, epsilon);
    }

    @Override
    public Tensor attention(Tensor qkv, int heads, QkNorm norm, RotaryPositions positions) {
        return attention.attention(qkv, heads, norm, positions);
    }

    @Override
    public Tensor swiGlu(Tensor x) {
        return elementwise.swiGlu(x);
    }

    @Override
    public Tensor activate(Tensor x, Activation activation) {
        return elementwise.activate(x, activation);
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return elementwise.add(a, b);
    }

    @Override
    public Tensor addToEveryView(Tensor x, Tensor table) {
        return elementwise.addToEveryView(x, table);
    }

    @Override
    public Tensor concatChannels(Tensor a, Tensor b) {
        return dataMovement.concatChannels(a, b);
    }

    @Override
    public Tensor concatTokens(Tensor a, Tensor b) {
        return dataMovement.concatTokens(a, b);
    }

    @Override
    public Tensor tokens(Tensor x, int from, int to) {
        return dataMovement.tokens(x, from, to);
    }

    @Override
    public Tensor views(Tensor x, int from, int to) {
        return dataMovement.views(x, from, to);
    }

    @Override
    public Tensor reorderViews(Tensor x, int[] order) {
        return dataMovement.reorderViews(x, order);
    }

    @Override
    public Tensor patches(Tensor image, int patch) {
        return dataMovement.patches(image, patch);
    }

    @Override
    public Tensor channelsLast(Tensor image) {
        return dataMovement.channelsLast(image);
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
        return featureMaps.convolution(x, before, weight, bias, stride, residual, after);
    }

    @Override
    public Tensor transposedConvolution(Tensor x, Parameter weight, Parameter bias) {
        return featureMaps.transposedConvolution(x, weight, bias);
    }

    @Override
    public Tensor resize(Tensor x, int rows, int columns) {
        return featureMaps.resize(x, rows, columns);
    }

    @Override
    public Tensor addUv(Tensor x, Tensor u, Tensor v) {
        return elementwise.addUv(x, u, v);
    }
}
