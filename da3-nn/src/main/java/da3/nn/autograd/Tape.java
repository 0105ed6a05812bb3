package da3.nn.autograd;

import da3.nn.Parameter;
import da3.nn.Scope;
import da3.nn.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The operations of a computation in the order in which they ran, each with the rule of its backward pass.
 *
 * <p>Memory is given back as the backward pass goes: a saved value when the last rule that reads it has run, a gradient
 * when it has been passed on.
 */
final class Tape {

    /** The vector-Jacobian product of one operation. */
    interface Rule {
        /**
         * Passes on the gradient of the operation's result.
         *
         * @param dy a tensor of the wrapped engine
         * @param into takes the gradients of the operation's inputs
         */
        void backward(Tensor dy, Sink into);
    }

    private record Operation(Variable result, Rule rule, boolean scoped, Variable... saved) {}

    private final DifferentiableEngine engine;
    private final Scope memory;
    private final List<Operation> operations = new ArrayList<>();

    /** @param memory the scope of the wrapped engine in which all values and gradients live */
    Tape(DifferentiableEngine engine, Scope memory) {
        this.engine = engine;
        this.memory = memory;
    }

    /** Appends an operation. The rule reads the values of {@code saved}, which stay until it has run. */
    void add(Variable result, Rule rule, Variable... saved) {
        append(new Operation(result, rule, true, saved));
    }

    /** As {@link #add}, for a rule that runs a whole backward pass of its own and releases what it makes. */
    void addNested(Variable result, Rule rule, Variable... saved) {
        append(new Operation(result, rule, false, saved));
    }

    private void append(Operation operation) {
        for (Variable variable : operation.saved) {
            variable.addReader();
        }
        operations.add(operation);
    }

    /** Runs the rules from the last operation to the first, starting from gradients set on variables; empties the tape. */
    void backward(Gradients gradients) {
        for (int i = operations.size() - 1; i >= 0; i--) {
            Operation operation = operations.remove(i);
            Tensor dy = operation.result.gradient;
            if (dy != null) {
                apply(operation, dy, gradients);
                operation.result.gradient = null;
                memory.release(dy);
            }
            for (Variable variable : operation.saved) {
                if (variable.removeReader()) {
                    memory.release(variable.value);
                }
            }
        }
    }

    private void apply(Operation operation, Tensor dy, Gradients gradients) {
        if (operation.scoped) {
            try (Scope scope = engine.scope()) {
                operation.rule.backward(dy, new Sink(scope, gradients));
            }
        } else {
            operation.rule.backward(dy, new Sink(null, gradients));
        }
    }

    /** Where a rule puts the gradients of its operation's inputs. */
    final class Sink {
        private final Scope scope; // of the rule's intermediate results; null if it has none of its own
        private final Gradients gradients;

        private Sink(Scope scope, Gradients gradients) {
            this.scope = scope;
            this.gradients = gradients;
        }

        /** Adds to the gradient of a variable, in the variable's shape. */
        void add(Variable variable, Tensor gradient) {
            Tensor old = variable.gradient;
            variable.gradient = sum(old, gradient, variable.shape());
        }

        /** Adds to the gradient of a parameter, in the parameter's shape. */
        void add(Parameter parameter, Tensor gradient) {
            gradients.put(parameter, sum(gradients.get(parameter), gradient, parameter.shape()));
        }

        /** Adds to the gradient of an input of the whole computation. */
        void addInput(Variable input, Tensor gradient) {
            gradients.put(input, sum(gradients.get(input), gradient, input.shape()));
        }

        Gradients gradients() {
            return gradients;
        }

        private Tensor sum(Tensor old, Tensor gradient, int[] shape) {
            Tensor shaped = engine.reshape(gradient, shape); // its own handle: a gradient may go to several inputs
            Tensor sum = old == null ? shaped : engine.add(old, shaped);
            if (scope != null) {
                scope.keep(sum);
            }
            if (old != null) {
                memory.release(old);
            }
            return sum;
        }
    }
}
