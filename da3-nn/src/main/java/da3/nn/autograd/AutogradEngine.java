package da3.nn.autograd;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import da3.nn.engine.ForwardingEngine;
import da3.nn.engine.Scopes;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * An engine that computes with another engine and records each operation together with the rule of its backward pass.
 *
 * <p>Networks are built on it as on any engine. Inside {@link #run}, open a scope, run the network, and call
 * {@link #backward}. An operation is recorded only if a trained parameter or an {@link #input} reaches it, so that
 * nothing below the lowest trained parameter costs memory or is differentiated. A value that no rule reads is released
 * as soon as the network's own scope closes.
 *
 * <p>Reference view strategies other than {@code FIRST} read tokens to the host and have no gradient through the
 * choice.
 */
public final class AutogradEngine extends ForwardingEngine {

    private final DifferentiableEngine engine;
    private final Predicate<String> isTrained;
    private final boolean checkpointing;
    private final Set<Parameter> trained = new LinkedHashSet<>();
    private final Scopes<Variable> scopes;
    private Scope memory; // of the wrapped engine, open while any scope is: all values and gradients live in it
    private Tape tape; // null while nothing is recorded
    private boolean parametersReached; // by the part of a network that runs unrecorded

    /**
     * Records what an engine computes.
     *
     * @param engine computes; closed with the result, or at once if it has no backward pass
     * @throws IllegalArgumentException if the engine has no backward pass
     */
    public static AutogradEngine recording(Engine engine, Predicate<String> isTrained, boolean checkpointing) {
        if (engine instanceof DifferentiableEngine differentiable) {
            return new AutogradEngine(differentiable, isTrained, checkpointing);
        }
        engine.close();
        throw new IllegalArgumentException("the engine must have a backward pass, got " + engine.name());
    }

    /**
     * @param engine computes; closed with this engine
     * @param isTrained whether the parameter of a checkpoint name gets a gradient
     * @param checkpointing whether the intermediate results of a {@link #checkpoint} are computed anew in the backward
     *     pass instead of being kept: less memory for one more forward pass
     */
    public AutogradEngine(DifferentiableEngine engine, Predicate<String> isTrained, boolean checkpointing) {
        super(engine);
        this.engine = engine;
        this.isTrained = isTrained;
        this.checkpointing = checkpointing;
        this.scopes = new Scopes<>(Variable.class, () -> {}, this::end, this::closeMemory);
    }

    /** Returns the engine that computes. */
    public DifferentiableEngine engine() {
        return engine;
    }

    /** Returns the parameters that get gradients, in the order of their declaration. */
    public List<Parameter> trained() {
        return List.copyOf(trained);
    }

    /** Uploads an input of the computation whose gradient is asked for. */
    public Tensor input(float[] values, int... shape) {
        Tensor value = engine.upload(values, shape);
        Variable input = scopes.add(new Variable(value, true));
        tape.add(input, (dy, into) -> into.addInput(input, dy));
        return input;
    }

    /**
     * Runs the backward pass of everything recorded since the outermost scope was opened, or since the last backward
     * pass, and frees what was recorded.
     *
     * @param cotangents for each output the gradient of the objective with respect to it, row-major, of its shape
     * @return gradients that live until the outermost scope closes
     * @throws IllegalArgumentException if a cotangent's length differs from its output's
     */
    public Gradients backward(Map<Tensor, float[]> cotangents) {
        scopes.requireOpen();
        cotangents.forEach((output, values) -> {
            Variable variable = (Variable) output;
            if (variable.needsGradient) {
                variable.gradient = engine.upload(values, variable.shape());
            }
        });
        Gradients gradients = new Gradients(engine);
        tape.backward(gradients);
        return gradients;
    }

    // ---- life of variables

    @Override
    public Scope scope() {
        if (memory == null) {
            memory = engine.scope();
            tape = new Tape(engine, memory);
        }
        return scopes.open();
    }

    private void end(Variable variable) {
        if (variable.end() && memory != null) {
            memory.release(variable.value);
        }
    }

    private void closeMemory() {
        memory.close();
        memory = null;
        tape = null;
    }

    private Tensor constant(Tensor value) {
        return scopes.add(new Variable(value, false));
    }

    /** The result of an operation; recorded if a gradient {@code reached} it. */
    private Tensor record(Tensor value, boolean reached, Tape.Rule rule, Variable... saved) {
        return record(value, reached, self -> rule, false, saved);
    }

    private static Variable of(Tensor tensor) {
        return (Variable) tensor;
    }

    private static Tensor raw(Tensor tensor) {
        return tensor == null ? null : of(tensor).value;
    }

    private static boolean needs(Tensor tensor) {
        return tensor != null && of(tensor).needsGradient;
    }

    private boolean trains(Parameter parameter) {
        return parameter != null && trained.contains(parameter);
    }

    // ---- gradient checkpointing

    @Override
    public Tensor checkpoint(UnaryOperator<Tensor> part, Tensor x) {
        if (!checkpointing || tape == null) {
            return part.apply(x);
        }
        Tape outer = tape;
        boolean outerReached = parametersReached;
        parametersReached = needs(x);
        tape = null;
        Tensor unrecorded = part.apply(x);
        boolean reached = parametersReached;
        parametersReached = outerReached | reached;
        tape = outer;
        Variable result = scopes.add(new Variable(engine.reshape(raw(unrecorded), unrecorded.shape()), reached));
        if (reached) {
            tape.addNested(result, (dy, into) -> backwardAnew(part, of(x), dy, into), of(x));
        }
        return result;
    }

    /** Runs a part again, recorded, and its backward pass. */
    private void backwardAnew(UnaryOperator<Tensor> part, Variable x, Tensor dy, Tape.Sink into) {
        Tape outer = tape;
        tape = new Tape(engine, memory);
        try (Scope scope = scopes.open()) {
            Variable start = scopes.add(new Variable(engine.reshape(x.value, x.shape()), x.needsGradient));
            Variable y = of(part.apply(start));
            y.gradient = engine.reshape(dy, y.shape());
            tape.backward(into.gradients());
            if (start.gradient != null) {
                into.add(x, start.gradient);
                memory.release(start.gradient);
            }
        } finally {
            tape = outer;
        }
    }

    // ---- parameters, upload and download

    @Override
    public Parameter parameter(WeightSource source, String name, Parameter.Role role, int... shape) {
        if (!isTrained.test(name)) {
            return engine.parameter(source, name, role, shape);
        }
        Parameter parameter = engine.trainedParameter(source, name, role, shape);
        trained.add(parameter);
        return parameter;
    }

    @Override
    public boolean parametersChange() {
        return true;
    }

    @Override
    public Tensor upload(float[] values, int... shape) {
        return constant(engine.upload(values, shape));
    }

    @Override
    public float[] download(Tensor x) {
        return engine.download(raw(x));
    }

    @Override
    public Tensor value(Parameter parameter) {
        return record(engine.value(parameter), trains(parameter), (dy, into) -> into.add(parameter, dy));
    }

    // ---- linear maps

    @Override
    public Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        return record(
                engine.matmul(raw(a), transposeA, raw(b), transposeB),
                needs(a) || needs(b),
                (dy, into) -> {
                    if (needs(a)) {
                        into.add(
                                of(a),
                                transposeA
                                        ? engine.matmul(raw(b), transposeB, dy, true)
                                        : engine.matmul(dy, false, raw(b), !transposeB));
                    }
                    if (needs(b)) {
                        into.add(
                                of(b),
                                transposeB
                                        ? engine.matmul(dy, true, raw(a), transposeA)
                                        : engine.matmul(raw(a), !transposeA, dy, false));
                    }
                },
                of(a),
                of(b));
    }

    @Override
    public Tensor linear(Tensor x, Parameter weight, Parameter bias, Activation activation) {
        boolean reached = needs(x) || trains(weight) || trains(bias);
        if (reached && activation == Activation.GELU) { // its derivative needs what went into it
            return activate(linear(x, weight, bias, Activation.NONE), Activation.GELU);
        }
        Tensor y = engine.linear(raw(x), weight, bias, activation);
        boolean activated = activation != Activation.NONE;
        return record(
                y,
                reached,
                self -> (dy, into) -> {
                    Tensor dz = activated ? engine.activationBackward(dy, null, self.value, activation) : dy;
                    linearBackward(dz, of(x), weight, bias, into);
                },
                activated,
                trains(weight) ? new Variable[] {of(x)} : new Variable[0]);
    }

    private void linearBackward(Tensor dz, Variable x, Parameter weight, Parameter bias, Tape.Sink into) {
        if (x.needsGradient) {
            into.add(x, engine.linearBackwardData(dz, weight));
        }
        if (trains(weight)) {
            into.add(weight, engine.linearBackwardWeight(dz, x.value, weight));
        }
        if (trains(bias)) {
            into.add(bias, engine.sumRows(dz));
        }
    }

    @Override
    public Tensor linearResidual(Tensor x, Parameter weight, Parameter bias, Parameter gamma, Tensor residual) {
        boolean parameters = trains(weight) || trains(bias);
        if (trains(gamma)) { // its gradient needs what it scales
            Tensor scaled = scale(linear(x, weight, bias, Activation.NONE), gamma);
            return add(residual, scaled);
        }
        return record(
                engine.linearResidual(raw(x), weight, bias, gamma, raw(residual)),
                parameters || needs(x) || needs(residual),
                (dy, into) -> {
                    addIf(needs(residual), of(residual), dy, into);
                    if (parameters || needs(x)) {
                        Tensor dz = gamma == null ? dy : engine.multiplyChannels(dy, engine.value(gamma));
                        linearBackward(dz, of(x), weight, bias, into);
                    }
                },
                trains(weight) ? new Variable[] {of(x)} : new Variable[0]);
    }

    /** Multiplies every channel by its factor, which is trained. */
    private Tensor scale(Tensor x, Parameter factors) {
        return record(
                engine.multiplyChannels(raw(x), engine.value(factors)),
                true,
                (dy, into) -> {
                    if (needs(x)) {
                        into.add(of(x), engine.multiplyChannels(dy, engine.value(factors)));
                    }
                    into.add(factors, engine.sumRows(engine.multiply(dy, raw(x))));
                },
                of(x));
    }

    // ---- norms, attention, functions

    @Override
    public Tensor layerNorm(Tensor x, Parameter weight, Parameter bias, double epsilon) {
        boolean parameters = trains(weight) || trains(bias);
        return record(
                engine.layerNorm(raw(x), weight, bias, epsilon),
                needs(x) || parameters,
                (dy, into) -> {
                    var gradients = engine.layerNormBackward(dy, raw(x), weight, epsilon, parameters);
                    addIf(needs(x), of(x), gradients.x(), into);
                    addIf(weight, gradients.weight(), into);
                    addIf(bias, gradients.bias(), into);
                },
                of(x));
    }

    @Override
    public Tensor attention(Tensor qkv, int heads, QkNorm norm, RotaryPositions positions) {
        boolean parameters = norm != null
                && (trains(norm.qWeight()) || trains(norm.qBias()) || trains(norm.kWeight()) || trains(norm.kBias()));
        return record(
                engine.attention(raw(qkv), heads, norm, positions),
                needs(qkv) || parameters,
                self -> (dy, into) -> {
                    var gradients =
                            engine.attentionBackward(dy, self.value, raw(qkv), heads, norm, positions, parameters);
                    addIf(needs(qkv), of(qkv), gradients.qkv(), into);
                    if (parameters) {
                        addIf(norm.qWeight(), gradients.qWeight(), into);
                        addIf(norm.qBias(), gradients.qBias(), into);
                        addIf(norm.kWeight(), gradients.kWeight(), into);
                        addIf(norm.kBias(), gradients.kBias(), into);
                    }
                },
                true,
                of(qkv));
    }

    private static void addIf(boolean asked, Variable variable, Tensor gradient, Tape.Sink into) {
        if (asked) {
            into.add(variable, gradient);
        }
    }

    private void addIf(Parameter parameter, Tensor gradient, Tape.Sink into) {
        if (trains(parameter)) {
            into.add(parameter, gradient);
        }
    }

    @Override
    public Tensor swiGlu(Tensor x) {
        return record(
                engine.swiGlu(raw(x)),
                needs(x),
                (dy, into) -> into.add(of(x), engine.swiGluBackward(dy, raw(x))),
                of(x));
    }

    @Override
    public Tensor activate(Tensor x, Activation activation) {
        boolean fromInput = activation == Activation.GELU;
        return record(
                engine.activate(raw(x), activation),
                needs(x),
                self -> (dy, into) -> into.add(
                        of(x),
                        engine.activationBackward(
                                dy, fromInput ? raw(x) : null, fromInput ? null : self.value, activation)),
                !fromInput,
                fromInput ? new Variable[] {of(x)} : new Variable[0]);
    }

    // ---- sums and moves

    @Override
    public Tensor reshape(Tensor x, int... shape) {
        return record(engine.reshape(raw(x), shape), needs(x), (dy, into) -> into.add(of(x), dy));
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return record(engine.add(raw(a), raw(b)), needs(a) || needs(b), (dy, into) -> {
            addIf(needs(a), of(a), dy, into);
            addIf(needs(b), of(b), dy, into);
        });
    }

    @Override
    public Tensor addToEveryView(Tensor x, Tensor table) {
        return record(engine.addToEveryView(raw(x), raw(table)), needs(x) || needs(table), (dy, into) -> {
            addIf(needs(x), of(x), dy, into);
            if (needs(table)) {
                into.add(of(table), engine.sumViews(dy));
            }
        });
    }

    @Override
    public Tensor concatChannels(Tensor a, Tensor b) {
        int first = a.size(-1);
        return record(engine.concatChannels(raw(a), raw(b)), needs(a) || needs(b), (dy, into) -> {
            if (needs(a)) {
                into.add(of(a), engine.channels(dy, 0, first));
            }
            if (needs(b)) {
                into.add(of(b), engine.channels(dy, first, dy.size(-1)));
            }
        });
    }

    @Override
    public Tensor concatTokens(Tensor a, Tensor b) {
        int first = a.size(1);
        return record(engine.concatTokens(raw(a), raw(b)), needs(a) || needs(b), (dy, into) -> {
            if (needs(a)) {
                into.add(of(a), engine.tokens(dy, 0, first));
            }
            if (needs(b)) {
                into.add(of(b), engine.tokens(dy, first, dy.size(1)));
            }
        });
    }

    @Override
    public Tensor tokens(Tensor x, int from, int to) {
        int count = x.size(1);
        return record(
                engine.tokens(raw(x), from, to),
                needs(x),
                (dy, into) -> into.add(of(x), engine.tokensBackward(dy, from, count)));
    }

    @Override
    public Tensor views(Tensor x, int from, int to) {
        int[] order = new int[to - from];
        Arrays.setAll(order, i -> from + i);
        return reorderViews(x, order);
    }

    @Override
    public Tensor reorderViews(Tensor x, int[] order) {
        int views = x.size(0);
        return record(
                engine.reorderViews(raw(x), order),
                needs(x),
                (dy, into) -> into.add(of(x), engine.reorderViewsBackward(dy, order, views)));
    }

    @Override
    public Tensor patches(Tensor image, int patch) {
        int[] shape = image.shape();
        return record(
                engine.patches(raw(image), patch),
                needs(image),
                (dy, into) -> into.add(of(image), engine.patchesBackward(dy, patch, shape[1], shape[2], shape[3])));
    }

    @Override
    public Tensor channelsLast(Tensor image) {
        return record(
                engine.channelsLast(raw(image)),
                needs(image),
                (dy, into) -> into.add(of(image), engine.channelsLastBackward(dy)));
    }

    // ---- feature maps

    @Override
    public Tensor convolution(
            Tensor x,
            Activation before,
            Parameter weight,
            Parameter bias,
            int stride,
            Tensor residual,
            Activation after) {
        boolean reached = needs(x) || needs(residual) || trains(weight) || trains(bias);
        if (reached && after == Activation.GELU) { // its derivative needs what went into it
            return activate(convolution(x, before, weight, bias, stride, residual, Activation.NONE), after);
        }
        boolean activated = after != Activation.NONE;
        return record(
                engine.convolution(raw(x), before, weight, bias, stride, raw(residual), after),
                reached,
                self -> (dy, into) -> {
                    Tensor dz = activated ? engine.activationBackward(dy, null, self.value, after) : dy;
                    addIf(needs(residual), residual == null ? null : of(residual), dz, into);
                    convolutionBackward(dz, of(x), before, weight, bias, stride, into);
                },
                activated,
                trains(weight) || before != Activation.NONE ? new Variable[] {of(x)} : new Variable[0]);
    }

    private void convolutionBackward(
            Tensor dz, Variable x, Activation before, Parameter weight, Parameter bias, int stride, Tape.Sink into) {
        boolean activated = before != Activation.NONE;
        Tensor source = activated ? engine.activate(x.value, before) : x.value;
        if (x.needsGradient) {
            Tensor dx = engine.convolutionBackwardData(dz, weight, stride, x.size(1), x.size(2));
            into.add(x, activated ? engine.activationBackward(dx, x.value, source, before) : dx);
        }
        if (trains(weight)) {
            into.add(weight, engine.convolutionBackwardWeight(dz, source, weight, stride));
        }
        if (trains(bias)) {
            into.add(bias, engine.sumRows(dz));
        }
    }

    @Override
    public Tensor transposedConvolution(Tensor x, Parameter weight, Parameter bias) {
        return record(
                engine.transposedConvolution(raw(x), weight, bias),
                needs(x) || trains(weight) || trains(bias),
                (dy, into) -> {
                    if (needs(x)) {
                        into.add(of(x), engine.transposedConvolutionBackwardData(dy, weight));
                    }
                    if (trains(weight)) {
                        into.add(weight, engine.transposedConvolutionBackwardWeight(dy, raw(x), weight));
                    }
                    if (trains(bias)) {
                        into.add(bias, engine.sumRows(dy));
                    }
                },
                trains(weight) ? new Variable[] {of(x)} : new Variable[0]);
    }

    @Override
    public Tensor resize(Tensor x, int rows, int columns) {
        int fromRows = x.size(1);
        int fromColumns = x.size(2);
        return record(
                engine.resize(raw(x), rows, columns),
                needs(x),
                (dy, into) -> into.add(of(x), engine.resizeBackward(dy, fromRows, fromColumns)));
    }

    /** Position embeddings of feature maps are constants: only x gets a gradient. */
    @Override
    public Tensor addUv(Tensor x, Tensor u, Tensor v) {
        return record(engine.addUv(raw(x), raw(u), raw(v)), needs(x), (dy, into) -> into.add(of(x), dy));
    }

    // ---- rules that read the operation's own result

    private interface RuleOf {
        Tape.Rule of(Variable self);
    }

    private Tensor record(Tensor value, boolean reached, RuleOf rule, boolean readsResult, Variable... saved) {
        parametersReached |= reached;
        boolean recorded = reached && tape != null;
        Variable result = scopes.add(new Variable(value, recorded));
        if (recorded) {
            Variable[] all = readsResult ? Arrays.copyOf(saved, saved.length + 1) : saved;
            if (readsResult) {
                all[saved.length] = result;
            }
            tape.add(result, rule.of(result), all);
        }
        return result;
    }

    @Override
    public String description() {
        return engine.description() + ", recording gradients";
    }
}
