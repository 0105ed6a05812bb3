package da3.streaming.graph;

import java.util.List;

/**
 * A term of the minimized sum.
 *
 * @param factor the measurement
 * @param kernel turns its squared residual into a cost
 */
record Term(Factor factor, Kernel kernel) {

    double cost(GraphState state) {
        return kernel.cost(factor.squaredError(state));
    }

    static double cost(List<Term> terms, GraphState state) {
        double sum = 0;
        for (Term term : terms) {
            sum += term.cost(state);
        }
        return sum;
    }
}
