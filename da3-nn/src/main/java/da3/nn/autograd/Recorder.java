package da3.nn.autograd;

import da3.nn.Parameter;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.DifferentiableEngine.Wanted;
import da3.nn.engine.Scopes;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Records operations with their backward rules, runs backward passes, and controls the lifetimes of values.
 *
 * <p>An operation is recorded only if a gradient reaches its result: if an input of the operation needs a gradient or a
 * parameter of it is trained.
 */
final class Recorder {

    private final DifferentiableEngine engine;
    private final Set<Parameter> trained = new LinkedHashSet<>();
    private final Scopes<Variable> scopes;
    private Scope memory; // of the wrapped engine, open while any scope is: all values and gradients live in it
    private Tape tape; // null while nothing is recorded
    private boolean reachedUnrecorded; // whether a gradient reaches the part of a network that runs unrecorded

    Recorder(DifferentiableEngine engine) {
        this.engine = engine;
        this.scopes = new Scopes<>(Variable.class, () -> {}, this::end, this::closeMemory);
    }

    /** A backward rule that reads the result of its operation. */
    interface ResultRule {
        Tape.Rule of(Variable result);
    }

    DifferentiableEngine engine() {
        return engine;
    }

    // ---- parameters

    /** Makes a parameter get gradients. */
    void train(Parameter parameter) {
        trained.add(parameter);
    }

    /** Returns the parameters that get gradients, in the order of their declaration. */
    List<Parameter> trained() {
        return List.copyOf(trained);
    }

    /** Returns whether a parameter gets gradients; false for null. */
    boolean trains(Parameter parameter) {
        return parameter != null && trained.contains(parameter);
    }

    /** Returns which gradients of a layer are needed. */
    Wanted wanted(Variable x, Parameter weight, Parameter bias) {
        return new Wanted(x.needsGradient, trains(weight), trains(bias));
    }

    // ---- lifetimes

    Scope scope() {
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

    // ---- recording

    /** Returns a variable without gradient. */
    Variable constant(Tensor value) {
        return scopes.add(new Variable(value, false));
    }

    /** Returns a variable whose gradient is part of the result of a backward pass. */
    Variable input(Tensor value) {
        Variable input = scopes.add(new Variable(value, true));
        tape.add(input, (dy, sink) -> sink.addInput(input, dy));
        return input;
    }

    /**
     * Returns the result of an operation, and records it if a gradient reaches it.
     *
     * @param saved variables whose values the rule reads
     */
    Variable record(Tensor value, boolean reached, Tape.Rule rule, Variable... saved) {
        return record(value, reached, result -> rule, false, saved);
    }

    /** Like {@link #record(Tensor, boolean, Tape.Rule, Variable...)}, for a rule that may read the result. */
    Variable record(Tensor value, boolean reached, ResultRule rule, boolean readsResult, Variable... saved) {
        reachedUnrecorded |= reached;
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

    /** Runs the backward pass of everything recorded, and empties the tape. */
    Gradients backward(Map<Tensor, float[]> cotangents) {
        scopes.requireOpen();
        cotangents.forEach((output, values) -> {
            Variable variable = Variable.of(output);
            if (variable.needsGradient) {
                variable.gradient = engine.upload(values, variable.shape());
            }
        });
        Gradients gradients = new Gradients(engine);
        tape.backward(gradients);
        return gradients;
    }

    // ---- gradient checkpointing

    /** Runs a part of a network unrecorded; the backward pass runs it again, recorded. */
    Tensor checkpoint(UnaryOperator<Tensor> part, Tensor x) {
        if (tape == null) {
            return part.apply(x);
        }
        Tape outer = tape;
        boolean outerReached = reachedUnrecorded;
        reachedUnrecorded = Variable.needsGradient(x);
        tape = null;
        Tensor unrecorded = part.apply(x);
        boolean reached = reachedUnrecorded;
        reachedUnrecorded = outerReached | reached;
        tape = outer;
        Variable result =
                scopes.add(new Variable(engine.reshape(Variable.value(unrecorded), unrecorded.shape()), reached));
        if (reached) {
            tape.addNested(result, (dy, sink) -> recompute(part, Variable.of(x), dy, sink), Variable.of(x));
        }
        return result;
    }

    /** Runs a part again, recorded, and its backward pass. */
    private void recompute(UnaryOperator<Tensor> part, Variable x, Tensor dy, Tape.Sink sink) {
        Tape outer = tape;
        tape = new Tape(engine, memory);
        try (Scope scope = scopes.open()) {
            Variable start = scopes.add(new Variable(engine.reshape(x.value, x.shape()), x.needsGradient));
            Variable y = Variable.of(part.apply(start));
            y.gradient = engine.reshape(dy, y.shape());
            tape.backward(sink.gradients());
            if (start.gradient != null) {
                sink.add(x, start.gradient);
                memory.release(start.gradient);
            }
        } finally {
            tape = outer;
        }
    }
}
