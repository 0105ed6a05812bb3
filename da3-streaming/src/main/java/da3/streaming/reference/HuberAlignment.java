package da3.streaming.reference;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Sim3;
import da3.geometry.align.SimilarityFit;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.Angles;

/**
 * Alignment of pairs of points by iteratively reweighted least squares with Huber weights. Source:
 * {@code robust_weighted_estimate_sim3}.
 *
 * @param delta distance in the unit of the target from which on a pair loses weight; it is absolute, so its effect
 *     depends on the unit
 * @param maxIterations maximum number of refinements
 * @param tolerance change of the parameters, and relative change of the loss, below which a refinement is discarded and
 *     is the last one
 */
public record HuberAlignment(double delta, int maxIterations, double tolerance) {

    private static final double MAX_CONVERGED_DEGREES = 0.1;

    public HuberAlignment {
        Check.positive("delta of the Huber loss", delta);
        Check.atLeast("maximum number of refinements", 0, maxIterations);
        Check.atLeast("tolerance of refinements", 0, tolerance);
    }

    /** Returns the settings of the reference. */
    public static HuberAlignment defaults() {
        return new HuberAlignment(0.1, 5, 1e-9);
    }

    /**
     * Returns the transformation that maps the source points to the target points.
     *
     * @throws DegenerateGeometryException as {@link SimilarityFit}
     */
    public Sim3 align(PointPairs pairs, AlignmentMethod method) {
        SimilarityFit first = new SimilarityFit();
        pairs.forEach(first::add);
        Sim3 current = method.first(first);
        double previousLoss = Double.POSITIVE_INFINITY;
        for (int i = 0; i < maxIterations; i++) {
            Reweighting reweighting = new Reweighting(current);
            pairs.forEach(reweighting);
            Sim3 next = method.refined(reweighting.fit);
            double change = Math.abs(previousLoss - reweighting.loss);
            if (isClose(current, next) || change < tolerance * previousLoss) {
                return current;
            }
            current = next;
            previousLoss = reweighting.loss;
        }
        return current;
    }

    /**
     * Returns the transformation whose scale is given: the source is scaled before the fit, and the scale of the fit
     * is discarded.
     *
     * @throws DegenerateGeometryException as {@link SimilarityFit}
     */
    public Sim3 align(PointPairs pairs, AlignmentMethod method, double scale) {
        Sim3 scaled = align(pairs.scaled(scale), method);
        return new Sim3(scale, scaled.rotation(), scaled.translation());
    }

    private boolean isClose(Sim3 a, Sim3 b) {
        double change = Math.abs(a.scale() - b.scale())
                + a.translation().minus(b.translation()).norm();
        return change < tolerance && Angles.between(a.rotation(), b.rotation()) < MAX_CONVERGED_DEGREES;
    }

    /** Sums the Huber loss of a transformation, and fits the pairs with the weights that follow from it. */
    private final class Reweighting implements PointPairs.Visitor {

        private final Sim3 transformation;
        private final SimilarityFit fit = new SimilarityFit();
        private double loss;

        Reweighting(Sim3 transformation) {
            this.transformation = transformation;
        }

        @Override
        public void visit(Vec3 target, Vec3 source, double weight) {
            double residual = target.minus(transformation.transform(source)).norm();
            boolean isOutlying = residual > delta;
            loss += weight * (isOutlying ? delta * (residual - delta / 2) : residual * residual / 2);
            fit.add(target, source, isOutlying ? weight * delta / residual : weight);
        }
    }
}
