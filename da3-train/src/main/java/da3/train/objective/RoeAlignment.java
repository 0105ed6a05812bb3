package da3.train.objective;

import java.util.Arrays;

/**
 * The scale and shift of predicted depth that minimize the sum of truncated weighted errors, min(1, weight * |scale *
 * predicted + shift - true depth|), over pixels: the ROE alignment of MoGe, arXiv 2410.19115. The minimum is exact.
 *
 * <p>A line with the smallest sum passes through two of the points. For each first point, the sum is a piecewise linear
 * function of the scale, so that sorting its kinks gives the best second point in O(n log n).
 *
 * @param scale factor from predicted to true depth; 0 if no line through two pixels has an allowed scale, NaN if a prediction
 *     is not finite
 * @param shift offset from predicted to true depth
 * @param first first pixel whose error is 0; -1 if there is none
 * @param second second pixel whose error is 0; -1 if there is none
 */
record RoeAlignment(double scale, double shift, int first, int second) {

    private static final RoeAlignment NONE = new RoeAlignment(0, 0, -1, -1);

    /** @param minScale the scale must be above it; minus infinity allows all */
    static RoeAlignment of(WeightedPixels points, double minScale) {
        for (int i = 0; i < points.size(); i++) {
            if (!Double.isFinite(points.predicted(i))) {
                return new RoeAlignment(Double.NaN, Double.NaN, -1, -1);
            }
        }
        RoeAlignment best = NONE;
        double smallest = Double.POSITIVE_INFINITY;
        Sweep sweep = new Sweep(points, minScale);
        for (int i = 0; i < points.size(); i++) {
            int j = sweep.bestPartner(i);
            if (j < 0) {
                continue;
            }
            RoeAlignment candidate = through(points, i, j);
            // Computed from scratch, since sums of the sweep carry rounding errors from one kink to the next.
            double cost = candidate.cost(points);
            if (cost < smallest) {
                smallest = cost;
                best = candidate;
            }
        }
        return best;
    }

    private static RoeAlignment through(WeightedPixels points, int i, int j) {
        double scale = (points.depth(j) - points.depth(i)) / (points.predicted(j) - points.predicted(i));
        return new RoeAlignment(scale, points.depth(i) - scale * points.predicted(i), points.pixel(i), points.pixel(j));
    }

    private double cost(WeightedPixels points) {
        double cost = 0;
        for (int i = 0; i < points.size(); i++) {
            double error = scale * points.predicted(i) + shift - points.depth(i);
            cost += Math.min(1, points.weight(i) * Math.abs(error));
        }
        return cost;
    }

    boolean passesThrough(int pixel) {
        return pixel == first || pixel == second;
    }

    /**
     * Adds the gradient of a function of scale and shift to that of the predicted depths.
     *
     * @param predicted predicted depths of the image
     * @param ofScale gradient with respect to the scale
     * @param ofShift gradient with respect to the shift
     */
    void addGradient(double[] predicted, double ofScale, double ofShift, double[] depthGradient) {
        if (first < 0) {
            return;
        }
        // scale = (y2 - y1) / (x2 - x1), shift = y1 - scale * x1
        double scaleByFirst = scale / (predicted[second] - predicted[first]);
        double throughScale = (ofScale - ofShift * predicted[first]) * scaleByFirst;
        depthGradient[first] += throughScale - ofShift * scale;
        depthGradient[second] -= throughScale;
    }

    /** The search for the best second point, given the first. */
    private static final class Sweep {
        private final WeightedPixels points;
        private final double minScale;
        private final double[] positions; // of the kinks of each point: start of its valley, bottom, end
        private final double[] steepness; // of each valley
        private final long[] order;

        Sweep(WeightedPixels points, double minScale) {
            this.points = points;
            this.minScale = minScale;
            this.positions = new double[3 * points.size()];
            this.steepness = new double[points.size()];
            this.order = new long[3 * points.size()];
        }

        /** Returns the second point of the best line through the first; -1 if there is no line. */
        int bestPartner(int first) {
            int kinks = addValleys(first);
            int indexBits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, positions.length - 1));
            long indexMask = (1L << indexBits) - 1;
            for (int i = 0; i < kinks; i++) {
                int index = (int) order[i];
                order[i] = sortable(positions[index]) & ~indexMask | index;
            }
            Arrays.sort(order, 0, kinks);
            int best = -1;
            double smallest = Double.POSITIVE_INFINITY;
            double value = 0; // relative to all errors being truncated
            double slope = 0;
            double position = 0;
            for (int i = 0; i < kinks; i++) {
                int index = (int) (order[i] & indexMask);
                value += slope * (positions[index] - position);
                position = positions[index];
                boolean bottom = index % 3 == 1;
                slope += bottom ? 2 * steepness[index / 3] : -steepness[index / 3];
                if (bottom && position > minScale && value < smallest) {
                    smallest = value;
                    best = index / 3;
                }
            }
            return best;
        }

        /**
         * Computes the valleys of all points, which are the scales at which their errors are not truncated. Returns
         * the number of kinks and writes their indices to the order.
         */
        private int addValleys(int first) {
            int kinks = 0;
            for (int i = 0; i < points.size(); i++) {
                double run = points.predicted(i) - points.predicted(first);
                double bottom = (points.depth(i) - points.depth(first)) / run;
                steepness[i] = points.weight(i) * Math.abs(run);
                double halfWidth = 1 / steepness[i];
                if (!Double.isFinite(bottom) || !Double.isFinite(halfWidth)) {
                    continue; // the error does not depend on the scale
                }
                for (int kink = 0; kink < 3; kink++) {
                    positions[3 * i + kink] = bottom + (kink - 1) * halfWidth;
                    order[kinks++] = 3 * i + kink;
                }
            }
            return kinks;
        }

        /** Returns a number whose order is that of the values. */
        private static long sortable(double value) {
            long bits = Double.doubleToRawLongBits(value);
            return bits ^ (bits >> 63 & Long.MAX_VALUE);
        }
    }
}
