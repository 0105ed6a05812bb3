package da3.geometry.align;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Sim3;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/**
 * A fit of the transformation between two sets of points with weights. The scale of a similarity is the symmetric one of
 * Horn, "Closed-form solution of absolute orientation using unit quaternions", 1987, section 2.4: the ratio of the
 * spreads of both sets. Unlike that of {@link Umeyama} it does not shrink if both sets are noisy.
 */
public final class SimilarityFit {

    private static final double MIN_WEIGHT = 1e-6;

    private Vec3 sourceOrigin; // the first pair, since sums relative to it lose few digits
    private Vec3 targetOrigin;
    private double weight;
    private Vec3 source = Vec3.ZERO;
    private Vec3 target = Vec3.ZERO;
    private double sourceSquares;
    private double targetSquares;
    private final double[] products = new double[9]; // target times transposed source

    /** Adds a pair: the transformation should map {@code sourcePoint} to {@code targetPoint}. */
    public void add(Vec3 targetPoint, Vec3 sourcePoint, double w) {
        if (sourceOrigin == null) {
            sourceOrigin = sourcePoint;
            targetOrigin = targetPoint;
        }
        Vec3 x = sourcePoint.minus(sourceOrigin);
        Vec3 y = targetPoint.minus(targetOrigin);
        weight += w;
        source = source.plus(x.times(w));
        target = target.plus(y.times(w));
        sourceSquares += w * x.dot(x);
        targetSquares += w * y.dot(y);
        Mat3.addOuter(products, y, x, w);
    }

    /**
     * Returns the similarity, whose scale is the ratio of the root mean square distances from the weighted means.
     *
     * @throws DegenerateGeometryException if the weights sum up to less than 1e-6, or the points of a set coincide
     */
    public Sim3 similarity() {
        requireWeight();
        double sourceSpread = requireSpread("source", sourceSquares - source.dot(source) / weight);
        double targetSpread = requireSpread("target", targetSquares - target.dot(target) / weight);
        return withScale(Math.sqrt(targetSpread / sourceSpread));
    }

    /**
     * Returns the least squares rigid motion, as a similarity of scale 1.
     *
     * @throws DegenerateGeometryException if the weights sum up to less than 1e-6
     */
    public Sim3 rigid() {
        requireWeight();
        return withScale(1);
    }

    private Sim3 withScale(double scale) {
        Vec3 meanSource = source.times(1 / weight);
        Vec3 meanTarget = target.times(1 / weight);
        double[] centered = products.clone();
        Mat3.addOuter(centered, target, meanSource, -1);
        Mat3 covariance = Mat3.of(centered, 0);
        if (!covariance.isFinite()) {
            throw new DegenerateGeometryException("cannot align points: some are not finite");
        }
        Mat3 rotation = NearestRotation.of(covariance).rotation();
        Vec3 from = meanSource.plus(sourceOrigin);
        Vec3 to = meanTarget.plus(targetOrigin);
        return new Sim3(scale, rotation, to.minus(rotation.times(from).times(scale)));
    }

    private static double requireSpread(String name, double spread) {
        if (!(spread > 0)) {
            throw new DegenerateGeometryException(
                    Check.message("spread of " + name + " points to align", "positive", spread));
        }
        return spread;
    }

    private void requireWeight() {
        if (!(weight >= MIN_WEIGHT)) {
            throw new DegenerateGeometryException(
                    Check.message("total weight of points to align", "at least " + MIN_WEIGHT, weight));
        }
    }
}
