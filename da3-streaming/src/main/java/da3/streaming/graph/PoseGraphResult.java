package da3.streaming.graph;

import da3.geometry.Pose;
import java.util.List;

/**
 * An optimized graph.
 *
 * @param poses world-to-camera, in the order of the graph
 * @param scales units of the world in one unit of each window, in the order of the graph
 * @param edgeWeights for each edge between poses its final weight, which is below 1 where it contradicts the others
 * @param loopWeights for each loop 1 if it is accepted and 0 if it is rejected
 * @param initialCost cost of the initial values of the graph: the sum of squared whitened residuals, robustified, where
 *     a loop counts at most the limit above which it is rejected
 * @param finalCost cost of the result
 * @param iterations number of linearizations
 */
public record PoseGraphResult(
        List<Pose> poses,
        List<Double> scales,
        List<Double> edgeWeights,
        List<Double> loopWeights,
        double initialCost,
        double finalCost,
        int iterations) {

    public PoseGraphResult {
        poses = List.copyOf(poses);
        scales = List.copyOf(scales);
        edgeWeights = List.copyOf(edgeWeights);
        loopWeights = List.copyOf(loopWeights);
    }

    /** Returns whether a loop is accepted. */
    public boolean accepts(int loop) {
        return loopWeights.get(loop) > 0.5;
    }
}
