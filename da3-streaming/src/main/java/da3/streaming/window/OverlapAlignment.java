package da3.streaming.window;

import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.align.SimilarityFit;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.List;

/**
 * Aligns a window to the previous one over their common frames, robustly and without units: residuals are relative to
 * depth.
 *
 * <p>The starting value is robust: the median depth ratio is the scale, the mean relative rotation of the cameras the
 * rotation, and the median remaining offset of the points the translation. It is refined by iteratively re-weighted
 * least squares with Cauchy weights, whose width follows the median residual. Pixels are weighted by the confidence of
 * both windows; camera centers count as further points. Where the common frames have no depth, for instance because they
 * are black, the cameras alone are aligned and the scale is 1.
 */
public final class OverlapAlignment {

    /** Fewer points than this do not determine a similarity better than the cameras do. */
    private static final int MIN_POINTS = 20;

    private static final int ITERATIONS = 50;

    /** Change of a point, relative to its depth, at which the iteration ends. */
    private static final double CONVERGED = 1e-7;

    /** Width of the Cauchy weights in standard deviations: an efficiency of 95 % for Gaussian noise. */
    private static final double CAUCHY = 2.385;

    /** Standard deviation of Gaussian noise in three dimensions per median of its length. */
    private static final double DEVIATION = 1 / 1.538;

    /** Smallest width, the precision of stored depth. */
    private static final double MIN_DEVIATION = 2e-4;

    /** Weight of the camera centers of a frame relative to its pixels. */
    private static final double CENTER_WEIGHT = 0.1;

    private OverlapAlignment() {}

    /**
     * Aligns two windows.
     *
     * @param previous views of the common frames as the previous window sees them, with cameras
     * @param current views of the same frames as the window to align sees them
     * @throws IllegalArgumentException if there are no frames, or the numbers or sizes differ
     */
    public static WindowAlignment align(List<View> previous, List<View> current, AlignmentModel model) {
        Check.atLeast("number of common frames", 1, previous.size());
        if (previous.size() != current.size()) {
            throw Check.invalid("number of frames of a window", previous.size() + " in the overlap", current.size());
        }
        for (int i = 0; i < previous.size(); i++) {
            if (previous.get(i).depth().values().length
                    != current.get(i).depth().values().length) {
                throw Check.invalid(
                        "depth map of common frame " + i,
                        "of the size of the earlier one, " + previous.get(i).depth(),
                        current.get(i).depth());
            }
        }
        Correspondences points = Correspondences.of(previous, current);
        if (points.count() < MIN_POINTS) {
            return new WindowAlignment(alignCameras(previous, current), 0, 0, points.count());
        }
        Sim3 similarity = refined(points, previous, current, model);
        double[] residuals = residuals(points, similarity);
        long inliers = Arrays.stream(residuals)
                .filter(r -> r <= WindowAlignment.INLIER_RESIDUAL)
                .count();
        return new WindowAlignment(
                similarity, (double) inliers / points.count(), points.median(residuals), points.count());
    }

    private static Sim3 refined(Correspondences points, List<View> previous, List<View> current, AlignmentModel model) {
        Sim3 similarity = start(points, previous, current, model);
        List<Vec3> previousCenters = centers(previous);
        List<Vec3> currentCenters = centers(current);
        double pixelWeight = 0;
        for (int i = 0; i < points.count(); i++) {
            pixelWeight += points.weight(i) / (points.depth(i) * points.depth(i));
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[] residuals = residuals(points, similarity);
            double width = CAUCHY * Math.max(MIN_DEVIATION, DEVIATION * points.median(residuals));
            SimilarityFit fit = new SimilarityFit();
            double kept = 0;
            for (int i = 0; i < points.count(); i++) {
                double ratio = residuals[i] / width;
                double weight =
                        points.weight(i) / (points.depth(i) * points.depth(i) * (1 + ratio * ratio) * pixelWeight);
                kept += weight;
                fit.add(points.target(i), points.source(i), weight);
            }
            for (int v = 0; v < previous.size(); v++) {
                fit.add(previousCenters.get(v), currentCenters.get(v), CENTER_WEIGHT * kept / previous.size());
            }
            Sim3 next = model == AlignmentModel.SE3 ? fit.rigid() : fit.similarity();
            double change = change(points, similarity, next);
            similarity = next;
            if (change <= CONVERGED) {
                break;
            }
        }
        return similarity;
    }

    private static Sim3 start(Correspondences points, List<View> previous, List<View> current, AlignmentModel model) {
        double scale = model == AlignmentModel.SE3 ? 1 : Math.exp(points.medianLogRatio());
        Sim3 turned = new Sim3(scale, MeanRotation.of(poses(previous), poses(current)), Vec3.ZERO);
        double[][] offsets = new double[3][points.count()];
        for (int i = 0; i < points.count(); i++) {
            Vec3 offset = points.target(i).minus(turned.transform(points.source(i)));
            offsets[0][i] = offset.x();
            offsets[1][i] = offset.y();
            offsets[2][i] = offset.z();
        }
        Vec3 translation = new Vec3(points.median(offsets[0]), points.median(offsets[1]), points.median(offsets[2]));
        return new Sim3(scale, turned.rotation(), translation);
    }

    /** Aligns only the cameras, with an equal unit of length. */
    private static Sim3 alignCameras(List<View> previous, List<View> current) {
        Mat3 rotation = MeanRotation.of(poses(previous), poses(current));
        Vec3 to = Vec3.mean(centers(previous));
        Vec3 from = Vec3.mean(centers(current));
        return new Sim3(1, rotation, to.minus(rotation.times(from)));
    }

    private static double[] residuals(Correspondences points, Sim3 similarity) {
        double[] residuals = new double[points.count()];
        double unit = Math.sqrt(similarity.scale());
        for (int i = 0; i < residuals.length; i++) {
            Vec3 difference = similarity.transform(points.source(i)).minus(points.target(i));
            residuals[i] = difference.norm() / (unit * points.depth(i));
        }
        return residuals;
    }

    /** Returns the largest relative motion of a point between two similarities, estimated from some of the points. */
    private static double change(Correspondences points, Sim3 before, Sim3 after) {
        double largest = 0;
        double unit = Math.sqrt(after.scale());
        for (int i = 0; i < points.count(); i += 1 + points.count() / 100) {
            Vec3 p = points.source(i);
            Vec3 moved = before.transform(p).minus(after.transform(p));
            largest = Math.max(largest, moved.norm() / (unit * points.depth(i)));
        }
        return largest;
    }

    private static List<Vec3> centers(List<View> views) {
        return poses(views).stream().map(Pose::cameraCenter).toList();
    }

    private static List<Pose> poses(List<View> views) {
        return views.stream().map(view -> view.camera().orElseThrow().pose()).toList();
    }
}
