package da3.streaming.graph;

import java.util.List;

/**
 * Solves for all camera centers with rotations and scales held. For these, residuals are linear in the centers, so one
 * step is exact up to robust weights.
 *
 * <p>Where a long chain of stiff edges turns or changes its scale, centers follow arcs that a step in all variables
 * replaces by tangents. Without this correction only tiny steps would lower the cost. Source of the idea: Golub and
 * Pereyra, "The Differentiation of Pseudo-Inverses and Nonlinear Least Squares Problems Whose Variables Separate", 1973.
 */
final class TranslationStep {

    private final List<Term> terms;
    private final FreeVariables variables;
    private NormalEquations equations; // created when first needed

    TranslationStep(List<Term> terms, FreeVariables variables) {
        this.terms = terms;
        this.variables = variables.translationsOnly();
    }

    /** Returns the state with new centers, or the same state if the terms do not determine them. */
    GraphState solve(GraphState state) {
        if (equations == null) {
            equations = new NormalEquations(terms, variables);
        }
        equations.linearize(state);
        double[] step = equations.solve(new double[variables.dimension()]);
        return step == null ? state : state.plus(step, variables);
    }
}
