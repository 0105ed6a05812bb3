package da3.streaming.window;

import da3.geometry.Sim3;
import da3.geometry.align.NearestRotation;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/**
 * Sums for the weighted least squares similarity between two sets of points. The scale is the symmetric one of Horn,
 * "Closed-form solution of absolute orientation using unit quaternions", 1987, section 2.4: unlike that of Umeyama it
 * does not shrink when both sets are noisy, which would add up over windows.
 */
final class SimilarityFit {

    private final Vec3 targetOrigin;
    private final Vec3 sourceOrigin;
    private final double[] products = new double[9]; // weighted sum of y x^T
    private double weight;
    private Vec3 targetSum = Vec3.ZERO;
    private Vec3 sourceSum = Vec3.ZERO;
    private double targetSquares;
    private double sourceSquares;

    /**
     * @param targetOrigin a point near the target points, which keeps the sums accurate
     * @param sourceOrigin a point near the source points
     */
    SimilarityFit(Vec3 targetOrigin, Vec3 sourceOrigin) {
        this.targetOrigin = targetOrigin;
        this.sourceOrigin = sourceOrigin;
    }

    /** Adds a pair: the similarity should map {@code source} to {@code target}. */
    void add(Vec3 target, Vec3 source, double w) {
        Vec3 y = target.minus(targetOrigin);
        Vec3 x = source.minus(sourceOrigin);
        weight += w;
        targetSum = targetSum.plus(y.times(w));
        sourceSum = sourceSum.plus(x.times(w));
        targetSquares += w * y.dot(y);
        sourceSquares += w * x.dot(x);
        addProduct(products, y, x, w);
    }

    /** Adds {@code w y x^T} to a row-major matrix. */
    private static void addProduct(double[] m, Vec3 y, Vec3 x, double w) {
        double[] rows = {w * y.x(), w * y.y(), w * y.z()};
        for (int i = 0; i < 3; i++) {
            m[3 * i] += rows[i] * x.x();
            m[3 * i + 1] += rows[i] * x.y();
            m[3 * i + 2] += rows[i] * x.z();
        }
    }

    /** Returns the similarity of the pairs added so far, which must have a positive weight and not all coincide. */
    Sim3 solve(AlignmentModel model) {
        Vec3 meanTarget = targetSum.times(1 / weight);
        Vec3 meanSource = sourceSum.times(1 / weight);
        double[] covariance = products.clone();
        addProduct(covariance, meanTarget, meanSource, -weight);
        Mat3 rotation = NearestRotation.of(Mat3.of(covariance, 0)).rotation();
        double scale = model == AlignmentModel.SE3
                ? 1
                : Math.sqrt((targetSquares - weight * meanTarget.dot(meanTarget))
                        / (sourceSquares - weight * meanSource.dot(meanSource)));
        Vec3 from = sourceOrigin.plus(meanSource);
        Vec3 to = targetOrigin.plus(meanTarget);
        return new Sim3(scale, rotation, to.minus(rotation.times(from).times(scale)));
    }
}
