package da3.streaming.window;

import da3.geometry.Camera;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.util.KthSelector;

/**
 * Points that two windows see in the same pixels of their common frames. The arrays hold {@code count} points and some
 * unused space; positions have three values a point.
 */
final class Correspondences {

    /** Maximum number of points; of larger images a regular grid of pixels is used. */
    private static final int MAX_POINTS = 40_000;

    /** Weights above this multiple of their median are reduced to it, so that few pixels do not decide alone. */
    private static final double MAX_WEIGHT = 4;

    private final double[] target;
    private final double[] source;
    private final double[] depths;
    private final double[] logRatios;
    private final double[] weights;
    private int count;

    private Correspondences(int capacity) {
        target = new double[3 * capacity];
        source = new double[3 * capacity];
        depths = new double[capacity];
        logRatios = new double[capacity];
        weights = new double[capacity];
    }

    /**
     * Returns the points of views that show the same images.
     *
     * @param target views of the previous window
     * @param source views of the window to align, in the same order and size
     */
    static Correspondences of(List<View> target, List<View> source) {
        long pixels = target.stream().mapToLong(v -> v.depth().values().length).sum();
        int stride = (int) Math.max(1, Math.ceil(Math.sqrt((double) pixels / MAX_POINTS)));
        int capacity = target.stream()
                .mapToInt(
                        v -> steps(v.depth().width(), stride) * steps(v.depth().height(), stride))
                .sum();
        Correspondences points = new Correspondences(capacity);
        for (int v = 0; v < target.size(); v++) {
            points.add(target.get(v), source.get(v), stride);
        }
        points.limitWeights();
        return points;
    }

    /** Returns the number of pixels of the grid along a side. */
    private static int steps(int side, int stride) {
        return (side - stride / 2 + stride - 1) / stride;
    }

    private void add(View a, View b, int stride) {
        Camera cameraA = a.camera().orElseThrow();
        Camera cameraB = b.camera().orElseThrow();
        var toTarget = cameraA.pose().inverse();
        var toSource = cameraB.pose().inverse();
        ScalarMap depth = a.depth();
        for (int y = stride / 2; y < depth.height(); y += stride) {
            for (int x = stride / 2; x < depth.width(); x += stride) {
                float za = depth.at(x, y);
                float zb = b.depth().at(x, y);
                double weight = Math.sqrt(certainty(a, x, y) * certainty(b, x, y));
                if (isDepth(za) && isDepth(zb) && weight > 0) {
                    Vec3 p = toTarget.transform(cameraA.intrinsics().unproject(x + 0.5, y + 0.5, za));
                    Vec3 q = toSource.transform(cameraB.intrinsics().unproject(x + 0.5, y + 0.5, zb));
                    put(p, q, Math.sqrt((double) za * zb), Math.log(za / zb), weight);
                }
            }
        }
    }

    private void put(Vec3 p, Vec3 q, double depth, double logRatio, double weight) {
        if (!(p.isFinite() && q.isFinite())) {
            return;
        }
        store(target, p);
        store(source, q);
        depths[count] = depth;
        logRatios[count] = logRatio;
        weights[count++] = weight;
    }

    private void store(double[] positions, Vec3 p) {
        positions[3 * count] = p.x();
        positions[3 * count + 1] = p.y();
        positions[3 * count + 2] = p.z();
    }

    private static boolean isDepth(float depth) {
        return depth > 0 && depth < Float.POSITIVE_INFINITY;
    }

    /** Returns the excess of the confidence over its minimum of 1; 1 for models without confidence. */
    private static double certainty(View view, int x, int y) {
        if (view.confidence().isEmpty()) {
            return 1;
        }
        double certainty = view.confidence().get().at(x, y) - 1.0;
        return certainty > 0 && certainty < Double.POSITIVE_INFINITY ? certainty : 0;
    }

    private void limitWeights() {
        if (count > 0) {
            double limit = MAX_WEIGHT * median(weights);
            for (int i = 0; i < count; i++) {
                weights[i] = Math.min(weights[i], limit);
            }
        }
    }

    int count() {
        return count;
    }

    Vec3 target(int i) {
        return new Vec3(target[3 * i], target[3 * i + 1], target[3 * i + 2]);
    }

    Vec3 source(int i) {
        return new Vec3(source[3 * i], source[3 * i + 1], source[3 * i + 2]);
    }

    /**
     * Returns the geometric mean of the depths of a point in both windows, whose units differ. It treats the noise of
     * both alike; either depth alone would favor points that it underestimates, and so bias the scale.
     */
    double depth(int i) {
        return depths[i];
    }

    /** Returns the confidence of both windows in a point. */
    double weight(int i) {
        return weights[i];
    }

    /** Returns the median of the logarithm of target depth over source depth. */
    double medianLogRatio() {
        return median(logRatios);
    }

    /** Returns the median of the first {@code count} values. */
    double median(double[] values) {
        return new KthSelector().select(Arrays.copyOf(values, count), null, count / 2);
    }
}
