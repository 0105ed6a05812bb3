package da3.geometry.metrics;

import da3.geometry.check.Check;
import da3.geometry.concurrent.Parallel;
import da3.geometry.points.KdTree;

/**
 * Distances between points on a predicted surface and points on the true one, each to the nearest point of the other.
 * Lengths are in the unit of the points.
 *
 * <p>Source: reference file src/depth_anything_3/bench/utils.py, function evaluate_3d_reconstruction.
 *
 * @param accuracy mean distance from predicted points to the true surface
 * @param completeness mean distance from true points to the predicted surface
 * @param precision share of predicted points closer than a threshold, 0 to 1
 * @param recall share of true points closer than the threshold, 0 to 1
 */
public record SurfaceMetrics(double accuracy, double completeness, double precision, double recall) {

    private static final int CHUNK = 4096; // queries that one thread answers at a time

    /**
     * Compares two sets of points.
     *
     * @param predicted (points, 3), at least one
     * @param truth (points, 3), at least one
     * @param threshold distance below which a point counts for precision and recall, positive
     * @throws IllegalArgumentException if a set is empty or the threshold is not positive
     */
    public static SurfaceMetrics of(double[] predicted, double[] truth, double threshold) {
        Check.positive("threshold", threshold);
        double[] toTruth = distances(predicted, truth);
        double[] toPrediction = distances(truth, predicted);
        return new SurfaceMetrics(
                mean(toTruth), mean(toPrediction), below(toTruth, threshold), below(toPrediction, threshold));
    }

    /**
     * Returns the distance of each point to the nearest of others.
     *
     * @param points (points, 3)
     * @param others (points, 3), at least one
     * @throws IllegalArgumentException if there are no points or no others
     */
    public static double[] distances(double[] points, double[] others) {
        int count = Check.positive("number of points", points.length / 3);
        Check.positive("number of points to measure distances to", others.length / 3);
        KdTree tree = new KdTree(others);
        double[] distances = new double[count];
        Parallel.forEach((count + CHUNK - 1) / CHUNK, 0, chunk -> {
            for (int i = chunk * CHUNK; i < Math.min(count, (chunk + 1) * CHUNK); i++) {
                distances[i] = tree.nearest(points[3 * i], points[3 * i + 1], points[3 * i + 2], 1)
                        .distance(0);
            }
        });
        return distances;
    }

    /** Returns the mean of accuracy and completeness. */
    public double chamfer() {
        return (accuracy + completeness) / 2;
    }

    /** Returns the harmonic mean of precision and recall; 0 if both are 0. */
    public double f1() {
        return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    }

    private static double mean(double[] distances) {
        double sum = 0;
        for (double distance : distances) {
            sum += distance;
        }
        return sum / distances.length;
    }

    private static double below(double[] distances, double threshold) {
        int count = 0;
        for (double distance : distances) {
            count += distance < threshold ? 1 : 0;
        }
        return (double) count / distances.length;
    }
}
