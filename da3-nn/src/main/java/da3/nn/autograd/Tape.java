package da3.nn.autograd;

import da3.nn.Parameter;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.DifferentiableEngine.LayerGradients;
import java.util.ArrayList;
import java.util.List;

/**
 * The operations of a computation in the order in which they ran, each with the rule of its backward pass.
 *
 * <p>The backward pass releases memory as it proceeds: a saved value after the last rule that reads it, a gradient
 * after it has been propagated.
 */
final class Tape {

    /** The vector-Jacobian product of one operation. */
    interface Rule {
        /**
         * Propagates the gradient of the result of the operation to its inputs.
         *
         * @param dy gradient of the result, a tensor of the wrapped engine
         * @param sink receives the gradients of the inputs
         */
        void backward(Tensor dy, Sink sink);
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

    /** Appends an operation. The values of {@code saved}, which the rule reads, stay alive until it has run. */
    void add(Variable result, Rule rule, Variable... saved) {
        append(new Operation(result, rule, true, saved));
    }

    /** Like {@link #add}, for a rule that runs its own backward pass and releases its tensors itself. */
    void addNested(Variable result, Rule rule, Variable... saved) {
        append(new Operation(result, rule, false, saved));
    }

    private void append(Operation operation) {
        for (Variable variable : operation.saved) {
            variable.addReader();
        }
        operations.add(operation);
    }

    /**
     * Runs the rules from the last operation to the first, beginning with the gradients set on variables, and empties
     * the tape.
     */
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

    /** Accumulates the gradients that a rule computes for the inputs of its operation. */
    final class Sink {
        private final Scope scope; // of the intermediate results of the rule; null for nested rules
        private final Gradients gradients;

        private Sink(Scope scope, Gradients gradients) {
            this.scope = scope;
            this.gradients = gradients;
        }

        /** Adds to the gradient of a variable, if it needs one. */
        void add(Variable variable, Tensor gradient) {
            if (variable.needsGradient) {
                variable.gradient = sum(variable.gradient, gradient, variable.shape());
            }
        }

        /** Adds to the gradient of a parameter. */
        void add(Parameter parameter, Tensor gradient) {
            gradients.put(parameter, sum(gradients.get(parameter), gradient, parameter.shape()));
        }

        /** Adds the gradients of a layer that are not null. */
        void add(Variable x, Parameter weight, Parameter bias, LayerGradients gradients) {
            if (gradients.x() != null) {
                add(x, gradients.x());
            }
            if (gradients.weight() != null) {
                add(weight, gradients.weight());
            }
            if (gradients.bias() != null) {
                add(bias, gradients.bias());
            }
        }

        /** Adds to the gradient of an input of the whole computation. */
        void addInput(Variable input, Tensor gradient) {
            gradients.put(input, sum(gradients.get(input), gradient, input.shape()));
        }

        Gradients gradients() {
            return gradients;
        }

        private Tensor sum(Tensor old, Tensor gradient, int[] shape) {
            Tensor shaped =
                    engine.reshape(gradient, shape); // a separate handle, since several inputs may share a gradient
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
