package da3.streaming.reference;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import java.util.List;

/** Aligns two predictions of the same frames. Source: {@code align_2pcds}. */
final class PointMapAlignment {

    private static final double CONFIDENCE_RATIO = 0.1;

    private final ReferenceOptions options;

    PointMapAlignment(ReferenceOptions options) {
        this.options = options;
    }

    /**
     * Returns the similarity that maps the world frame of {@code source} to that of {@code target}. Points count if
     * both confidences are above a tenth of the smaller of their medians.
     *
     * @param target predicted frames
     * @param source other predictions of the same frames
     * @throws DegenerateGeometryException if the frames do not determine a similarity
     */
    Sim3 align(List<WindowFrame> target, List<WindowFrame> source) {
        double threshold = CONFIDENCE_RATIO
                * Math.min(DepthPairs.median(confidences(source)), DepthPairs.median(confidences(target)));
        PointPairs pairs = PointPairs.of(points(target), points(source), threshold);
        HuberAlignment alignment = options.alignment();
        return options.method().usesDepthScale()
                ? alignment.align(pairs, options.method(), depthScale(target, source))
                : alignment.align(pairs, options.method());
    }

    private double depthScale(List<WindowFrame> target, List<WindowFrame> source) {
        DepthPairs pairs = DepthPairs.of(depths(target), confidences(target), depths(source), confidences(source));
        return options.scaleMethod().estimate(pairs, options.seed()).scale();
    }

    private static List<PointPairs.ConfidentPoints> points(List<WindowFrame> frames) {
        return frames.stream().map(WindowFrame::points).toList();
    }

    private static List<ScalarMap> depths(List<WindowFrame> frames) {
        return frames.stream().map(WindowFrame::depth).toList();
    }

    private static List<ScalarMap> confidences(List<WindowFrame> frames) {
        return frames.stream().map(WindowFrame::confidence).toList();
    }
}
