package da3.streaming.graph;

import da3.geometry.check.Check;

/**
 * Options of {@link PoseGraphOptimizer}.
 *
 * @param stagedStart whether the search starts from linear estimates of scales, rotations and translations instead of
 *     the initial values of the graph
 * @param huberThreshold length of the whitened residual of an edge or prior, in standard deviations, beyond which it
 *     has less weight; positive. The length is at most 3.5 for 95 % of correct edges with a correct information matrix.
 * @param loopConfidence fraction of correct loops that are accepted if their information matrices are correct, between 0
 *     and 1
 * @param maxIterations maximum number of linearizations of a single minimization
 * @param tolerance ends a minimization after a step that lowers the cost by less than this times 1 + cost
 */
public record PoseGraphOptions(
        boolean stagedStart, double huberThreshold, double loopConfidence, int maxIterations, double tolerance) {

    public PoseGraphOptions {
        Check.positive("Huber threshold", huberThreshold);
        if (!(loopConfidence > 0 && loopConfidence < 1)) {
            throw Check.invalid("confidence of loops", "above 0 and below 1", loopConfidence);
        }
        Check.positive("maximum number of iterations", maxIterations);
        Check.atLeast("tolerance", 0.0, tolerance);
    }

    /**
     * Returns the defaults: a staged start, a Huber threshold of 3.5, 99 % of correct loops, at most 100 iterations, and
     * a tolerance of 1e-8.
     */
    public static PoseGraphOptions defaults() {
        return new PoseGraphOptions(true, 3.5, 0.99, 100, 1e-8);
    }

    public PoseGraphOptions withStagedStart(boolean stagedStart) {
        return new PoseGraphOptions(stagedStart, huberThreshold, loopConfidence, maxIterations, tolerance);
    }

    public PoseGraphOptions withHuberThreshold(double huberThreshold) {
        return new PoseGraphOptions(stagedStart, huberThreshold, loopConfidence, maxIterations, tolerance);
    }

    public PoseGraphOptions withLoopConfidence(double loopConfidence) {
        return new PoseGraphOptions(stagedStart, huberThreshold, loopConfidence, maxIterations, tolerance);
    }

    public PoseGraphOptions withMaxIterations(int maxIterations) {
        return new PoseGraphOptions(stagedStart, huberThreshold, loopConfidence, maxIterations, tolerance);
    }

    public PoseGraphOptions withTolerance(double tolerance) {
        return new PoseGraphOptions(stagedStart, huberThreshold, loopConfidence, maxIterations, tolerance);
    }
}
