package da3.streaming.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * Accepts or rejects loops by graduated non-convexity with truncated least squares (GNC-TLS). A loop costs at most the
 * limit that the squared error of a correct loop exceeds with a small probability. The search begins with a nearly convex
 * substitute of this cost, given by a control parameter mu near 0, and approaches the cost itself as mu grows.
 *
 * <p>Source: Yang, Antonante, Tzoumas and Carlone, "Graduated Non-Convexity for Robust Spatial Perception: From
 * Non-Minimal Solvers to Global Outlier Rejection", 2020, section IV. Different from there, weights start from the errors
 * of loops in the graph without loops, because edges are reliable.
 */
final class LoopSelection {

    private static final double GROWTH = 1.4; // of mu, as in the source
    private static final int MAX_ROUNDS = 200;
    private static final int ROUND_ITERATIONS = 20;
    private static final double ROUND_TOLERANCE = 1e-4; // only the last minimum must be accurate

    private final List<Term> reliable;
    private final List<List<Factor>> loops = new ArrayList<>();
    private final double[] limits;
    private final FreeVariables variables;
    private final PoseGraphOptions options;

    LoopSelection(PoseGraph graph, List<Term> reliable, FreeVariables variables, PoseGraphOptions options) {
        this.reliable = reliable;
        this.variables = variables;
        this.options = options;
        for (PoseGraph.Loop loop : graph.loops) {
            List<Factor> factors = new ArrayList<>();
            loop.edges().forEach(edge -> factors.add(new PoseEdgeFactor(edge)));
            loop.scaleEdges().forEach(edge -> factors.add(ScaleFactor.of(edge)));
            loops.add(factors);
        }
        limits = loops.stream()
                .mapToDouble(factors -> limit(factors, options.loopConfidence()))
                .toArray();
    }

    /** The end of a selection; weights are 0 or 1. */
    record Selection(GraphState state, double[] weights, int iterations) {}

    /** Selects loops and minimizes with the accepted ones. */
    Selection select(GraphState start) {
        LevenbergMarquardt.Minimum minimum =
                minimize(new double[loops.size()], start, options.maxIterations(), options.tolerance());
        int iterations = minimum.iterations();
        double[] errors = errors(minimum.state());
        double largest = Arrays.stream(errors).max().orElse(0);
        double mu = 1 / Math.max(2 * largest - 1, 1e-3);
        for (int round = 0; round < MAX_ROUNDS; round++, mu *= GROWTH) {
            double[] weights = weights(errors, mu);
            minimum = minimize(weights, minimum.state(), ROUND_ITERATIONS, ROUND_TOLERANCE);
            iterations += minimum.iterations();
            errors = errors(minimum.state());
            if (Arrays.stream(weights).allMatch(w -> w == 0 || w == 1)) {
                break;
            }
        }
        return finish(minimum.state(), iterations);
    }

    /** Alternates minimization and truncation until no loop changes sides. */
    private Selection finish(GraphState start, int iterations) {
        double[] weights = weights(errors(start), Double.POSITIVE_INFINITY);
        GraphState state = start;
        int total = iterations;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            LevenbergMarquardt.Minimum minimum = minimize(weights, state, options.maxIterations(), options.tolerance());
            state = minimum.state();
            total += minimum.iterations();
            double[] updated = weights(errors(state), Double.POSITIVE_INFINITY);
            if (Arrays.equals(updated, weights)) {
                break;
            }
            weights = updated;
        }
        return new Selection(state, weights, total);
    }

    /** Returns the cost of all loops, each at most its limit. */
    double truncatedCost(GraphState state) {
        double[] errors = errors(state);
        double sum = 0;
        for (int i = 0; i < errors.length; i++) {
            sum += limits[i] * Math.min(1, errors[i]);
        }
        return sum;
    }

    private LevenbergMarquardt.Minimum minimize(
            double[] weights, GraphState start, int maxIterations, double tolerance) {
        List<Term> terms = new ArrayList<>(reliable);
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                Kernel kernel = Kernel.constant(weights[i]);
                loops.get(i).forEach(factor -> terms.add(new Term(factor, kernel)));
            }
        }
        return LevenbergMarquardt.minimize(terms, variables, start, maxIterations, tolerance);
    }

    /** Returns the squared error of each loop as a fraction of its limit. */
    private double[] errors(GraphState state) {
        double[] errors = new double[loops.size()];
        for (int i = 0; i < errors.length; i++) {
            for (Factor factor : loops.get(i)) {
                errors[i] += factor.squaredError(state) / limits[i];
            }
        }
        return errors;
    }

    private static double[] weights(double[] errors, double mu) {
        return Arrays.stream(errors).map(error -> weight(error, mu)).toArray();
    }

    /** Returns the weight of a loop with GNC-TLS, for its squared error as a fraction of the limit. */
    static double weight(double error, double mu) {
        if (mu == Double.POSITIVE_INFINITY) {
            return error <= 1 ? 1 : 0;
        }
        if (error <= mu / (mu + 1)) {
            return 1;
        }
        return error >= (mu + 1) / mu ? 0 : Math.sqrt(mu * (mu + 1) / error) - mu;
    }

    private static double limit(List<Factor> factors, double confidence) {
        int dimension = factors.stream().mapToInt(Factor::dimension).sum();
        return new ChiSquaredDistribution(dimension).inverseCumulativeProbability(confidence);
    }
}
