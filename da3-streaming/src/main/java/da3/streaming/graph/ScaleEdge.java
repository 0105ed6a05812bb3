package da3.streaming.graph;

import da3.geometry.check.Check;

/**
 * A measured ratio of two scales of a graph, for instance from the depths of images that two windows share.
 *
 * @param from number of the first scale
 * @param to number of the second scale
 * @param ratio second scale by first scale
 * @param sigma standard deviation of the natural logarithm of the ratio, about its relative error
 */
public record ScaleEdge(int from, int to, double ratio, double sigma) {

    /** @throws IllegalArgumentException if both scales are the same, or the ratio or sigma is not positive */
    public ScaleEdge {
        Check.atLeast("number of a scale", 0, Math.min(from, to));
        if (from == to) {
            throw Check.invalid("second scale of an edge", "another than the first", to);
        }
        Check.positive("ratio of scales", ratio);
        Check.positive("standard deviation of a ratio of scales", sigma);
    }
}
