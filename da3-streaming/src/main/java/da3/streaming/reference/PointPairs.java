package da3.streaming.reference;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.ScalarMap;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import java.util.List;

/** Pairs of corresponding points with weights. They are visited in the same order every time. */
@FunctionalInterface
public interface PointPairs {

    /** Receives pairs. */
    @FunctionalInterface
    interface Visitor {

        /** Receives a point of the target, the corresponding point of the source, and the weight of the pair. */
        void visit(Vec3 target, Vec3 source, double weight);
    }

    void forEach(Visitor visitor);

    /** Returns these pairs with all source points multiplied by a factor. */
    default PointPairs scaled(double factor) {
        return visitor -> forEach((target, source, weight) -> visitor.visit(target, source.times(factor), weight));
    }

    /**
     * A point map with the confidence of each point.
     *
     * @param confidence confidence from 0 on
     */
    record ConfidentPoints(PointMap points, ScalarMap confidence) {}

    /**
     * Returns the pairs of points at the same pixels of the same frames for which both confidences are above a
     * threshold. Their weight is the geometric mean of the two. Source: {@code weighted_align_point_maps}.
     *
     * @param target one map per frame
     * @param source maps of the same frames, with as many pixels
     * @throws IllegalArgumentException if the numbers of frames or pixels differ
     * @throws DegenerateGeometryException if no pair is above the threshold
     */
    static PointPairs of(List<ConfidentPoints> target, List<ConfidentPoints> source, double threshold) {
        if (source.size() != target.size()) {
            throw Check.invalid("number of source maps", "the number of target maps, " + target.size(), source.size());
        }
        boolean any = false;
        for (int frame = 0; frame < target.size(); frame++) {
            float[] a = target.get(frame).confidence().values();
            float[] b = source.get(frame).confidence().values();
            if (b.length != a.length) {
                throw Check.invalid("pixels of source map " + frame, a.length + " like its target map", b.length);
            }
            for (int i = 0; i < a.length && !any; i++) {
                any = a[i] > threshold && b[i] > threshold;
            }
        }
        if (!any) {
            throw new DegenerateGeometryException(
                    "cannot align point maps: in no pixel are both confidences above " + threshold);
        }
        return visitor -> {
            for (int frame = 0; frame < target.size(); frame++) {
                visit(target.get(frame), source.get(frame), threshold, visitor);
            }
        };
    }

    private static void visit(ConfidentPoints target, ConfidentPoints source, double threshold, Visitor visitor) {
        float[] a = target.confidence().values();
        float[] b = source.confidence().values();
        for (int i = 0; i < a.length; i++) {
            if (a[i] > threshold && b[i] > threshold) {
                double weight = Math.sqrt((double) a[i] * b[i]);
                visitor.visit(target.points().at(i), source.points().at(i), weight);
            }
        }
    }
}
