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
    private static final double MIN_DAMPING_CHANGE = 0.1;
    /** Keeps directions that no term determines from making H singular. */
    private static final double MIN_DIAGONAL = 1e-9;
    /** Steps that lower the cost by less than this part of the prediction are corrected by a translation step. */
    private static final double GOOD_GAIN = 0.75;

    private final List<Term> terms;
    private final FreeVariables variables;
    private final NormalEquations equations;
    private final TranslationStep translations;
    private final double tolerance;

    private Candidate present;
    private double damping = INITIAL_DAMPING;

    private record Candidate(GraphState state, double cost) {}

    private LevenbergMarquardt(List<Term> terms, FreeVariables variables, GraphState start, double tolerance) {
        this.terms = terms;
        this.variables = variables;
        this.tolerance = tolerance;
        equations = new NormalEquations(terms, variables);
        translations = new TranslationStep(terms, variables);
        present = candidate(start);
    }

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
        LevenbergMarquardt search = new LevenbergMarquardt(terms, variables, start, tolerance);
        int iterations = 0;
        boolean ended = false;
        while (!ended && iterations < maxIterations) {
            ended = !search.improve();
            iterations++;
        }
        return new Minimum(search.present.state, search.present.cost, iterations);
    }

    /** Takes a step that lowers the cost, if there is one, and returns whether another one is worth trying. */
    private boolean improve() {
        equations.linearize(present.state);
        double smallest = tolerance * (1 + present.cost);
        for (double growth = 2; damping <= MAX_DAMPING; growth *= 2) {
            double[] shift = shift();
            double[] step = equations.solve(shift);
            if (step != null) {
                double predicted = predictedDecrease(step, shift);
                Candidate moved = moved(step, predicted);
                double decrease = present.cost - moved.cost;
                if (decrease > 0) {
                    present = moved;
                    damping *= Math.max(MIN_DAMPING_CHANGE, 1 - Math.pow(2 * decrease / predicted - 1, 3));
                    return decrease > smallest;
                }
                if (predicted <= smallest) {
                    return false;
                }
            }
            damping *= growth;
        }
        return false;
    }

    private Candidate moved(double[] step, double predicted) {
        Candidate moved = candidate(present.state.plus(step, variables));
        if (present.cost - moved.cost >= GOOD_GAIN * predicted) {
            return moved;
        }
        Candidate corrected = candidate(translations.solve(moved.state));
        return corrected.cost < moved.cost ? corrected : moved;
    }

    private Candidate candidate(GraphState state) {
        return new Candidate(state, Term.cost(terms, state));
    }

    private double[] shift() {
        double[] shift = equations.diagonal();
        for (int i = 0; i < shift.length; i++) {
            shift[i] = damping * Math.max(shift[i], MIN_DIAGONAL);
        }
        return shift;
    }

    /** Returns the decrease of the quadratic model, {@code step^T (shift step - g)}. */
    private double predictedDecrease(double[] step, double[] shift) {
        double[] gradient = equations.gradient();
        double sum = 0;
        for (int i = 0; i < step.length; i++) {
            sum += step[i] * (shift[i] * step[i] - gradient[i]);
        }
        return sum;
    }
}
