package da3.streaming.graph;

import java.util.List;

/**
 * Minimization of a sum of terms by damped Gauss-Newton steps on the manifold of poses. The damping is proportional to the
 * diagonal of H and follows the ratio of actual to predicted decrease. A {@linkplain TranslationStep translation step}
 * corrects steps that the model predicted badly.
 *
 * <p>Source: Marquardt, "An Algorithm for Least-Squares Estimation of Nonlinear Parameters", 1963; Madsen, Nielsen and
 * Tingleff, "Methods for Non-Linear Least Squares Problems", 2004, section 3.2.
 */
final class LevenbergMarquardt {

    private static final double INITIAL_DAMPING = 1e-9;
    private static final double MAX_DAMPING = 1e12;
    /** Keeps directions that no term determines from making H singular. */
    private static final double MIN_DIAGONAL = 1e-9;
    /** Steps that lower the cost by less than this part of the prediction are corrected by a translation step. */
    private static final double GOOD_GAIN = 0.75;

    private LevenbergMarquardt() {}

    /**
     * The end of a minimization.
     *
     * @param iterations number of linearizations
     */
    record Minimum(GraphState state, double cost, int iterations) {}

    /**
     * Minimizes from a start.
     *
     * @param maxIterations maximum number of linearizations
     * @param tolerance ends the search after a step that lowers the cost by less than this times 1 + cost
     */
    static Minimum minimize(
            List<Term> terms, FreeVariables variables, GraphState start, int maxIterations, double tolerance) {
        NormalEquations equations = new NormalEquations(terms, variables);
        TranslationStep translations = new TranslationStep(terms, variables);
        GraphState state = start;
        double cost = Term.cost(terms, state);
        double damping = INITIAL_DAMPING;
        for (int iteration = 1; iteration <= maxIterations; iteration++) {
            equations.linearize(state);
            double growth = 2;
            while (true) {
                double[] shift = shift(equations.diagonal(), damping);
                double[] step = equations.solve(shift);
                if (step != null) {
                    GraphState moved = state.plus(step, variables);
                    double movedCost = Term.cost(terms, moved);
                    double predicted = predictedDecrease(step, equations.gradient(), shift);
                    if (cost - movedCost < GOOD_GAIN * predicted) {
                        GraphState shifted = translations.solve(moved);
                        double shiftedCost = Term.cost(terms, shifted);
                        if (shiftedCost < movedCost) {
                            moved = shifted;
                            movedCost = shiftedCost;
                        }
                    }
                    if (predicted <= tolerance * (1 + cost)) {
                        boolean better = movedCost < cost;
                        return new Minimum(better ? moved : state, better ? movedCost : cost, iteration);
                    }
                    if (movedCost < cost) {
                        double gain = (cost - movedCost) / predicted;
                        double decrease = cost - movedCost;
                        state = moved;
                        cost = movedCost;
                        damping *= Math.max(0.1, 1 - Math.pow(2 * gain - 1, 3));
                        if (decrease <= tolerance * (1 + cost)) {
                            return new Minimum(state, cost, iteration);
                        }
                        break;
                    }
                }
                damping *= growth;
                growth *= 2;
                if (damping > MAX_DAMPING) {
                    return new Minimum(state, cost, iteration);
                }
            }
        }
        return new Minimum(state, cost, maxIterations);
    }

    private static double[] shift(double[] diagonal, double damping) {
        double[] shift = new double[diagonal.length];
        for (int i = 0; i < shift.length; i++) {
            shift[i] = damping * Math.max(diagonal[i], MIN_DIAGONAL);
        }
        return shift;
    }

    /** Returns the decrease of the quadratic model, {@code step^T (shift step - g)}. */
    private static double predictedDecrease(double[] step, double[] gradient, double[] shift) {
        double sum = 0;
        for (int i = 0; i < step.length; i++) {
            sum += step[i] * (shift[i] * step[i] - gradient[i]);
        }
        return sum;
    }
}
