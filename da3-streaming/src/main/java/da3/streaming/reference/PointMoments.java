package da3.streaming.reference;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.align.NearestRotation;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/**
 * Weighted first and second moments of pairs of points, from which transformations of the source to the target follow.
 * Source: {@code weighted_estimate_sim3} and {@code weighted_estimate_se3}. The reference sums in float32, this class in
 * double precision.
 */
public final class PointMoments {

    private static final double MIN_WEIGHT = 1e-6;

    private Vec3 sourceOrigin; // the first pair, since moments around it lose few digits
    private Vec3 targetOrigin;
    private double weight;
    private Vec3 source = Vec3.ZERO;
    private Vec3 target = Vec3.ZERO;
    private double sourceSquares;
    private double targetSquares;
    private final double[] products = new double[9]; // target times transposed source

    /** Returns the moments of all pairs. */
    public static PointMoments of(PointPairs pairs) {
        PointMoments moments = new PointMoments();
        pairs.forEach(moments::add);
        return moments;
    }

    void add(Vec3 sourcePoint, Vec3 targetPoint, double w) {
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
     * Returns the similarity whose scale is the ratio of the root mean square distances from the weighted means, and
     * not the least squares scale.
     *
     * @throws DegenerateGeometryException if the weights sum up to less than 1e-6, or the source points coincide
     */
    public Sim3 similarity() {
        requireWeight();
        double sourceSpread = sourceSquares - source.dot(source) / weight;
        double targetSpread = targetSquares - target.dot(target) / weight;
        if (!(sourceSpread > 0)) {
            throw new DegenerateGeometryException(Check.message("spread of points to align", "positive", sourceSpread));
        }
        return withScale(Math.sqrt(targetSpread / sourceSpread));
    }

    /**
     * Returns the least squares rigid motion.
     *
     * @throws DegenerateGeometryException if the weights sum up to less than 1e-6
     */
    public Pose rigid() {
        requireWeight();
        Sim3 motion = withScale(1);
        return new Pose(motion.rotation(), motion.translation());
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

    private void requireWeight() {
        if (!(weight >= MIN_WEIGHT)) {
            throw new DegenerateGeometryException(
                    Check.message("total weight of points to align", "at least " + MIN_WEIGHT, weight));
        }
    }
}
