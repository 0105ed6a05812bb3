package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.View;
import da3.geometry.rig.Rig;
import da3.streaming.frame.Frame;
import da3.streaming.loop.CenteredDescriptors;
import da3.streaming.loop.FrustumOverlap;
import da3.streaming.loop.LoopCandidate;
import da3.streaming.loop.LoopMeasurement;
import da3.streaming.loop.LoopSearch;
import da3.streaming.loop.LoopVerification;
import da3.streaming.loop.PairSimilarity;
import da3.streaming.store.FrameInfo;
import da3.streaming.store.LoopInfo;
import da3.streaming.store.MapStore;
import da3.streaming.store.StoredFrame;
import da3.streaming.store.WindowInfo;
import da3.streaming.window.AlignmentModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tests loop candidates with the predictor, and stores every result, so that a continued run tests none twice. */
final class LoopRun {

    /** Number of frames around each end of a loop; half a window, if that is less, so that a test fits like a window. */
    static final int MAX_FRAMES = 4;

    static final double MIN_SIMILARITY = 0.4;

    /** Minimum overlap of frusta. */
    private static final double MIN_OVERLAP = 0.4;

    /** Maximum number of pairs of unrelated frames that show what the test of a loop means. */
    static final int MAX_UNRELATED = 8;

    private final MapStore store;
    private final WindowChain chain;
    private final WindowPredictor predictor;
    private final StreamingOptions options;

    LoopRun(MapStore store, WindowChain chain, WindowPredictor predictor, StreamingOptions options) {
        this.store = store;
        this.chain = chain;
        this.predictor = predictor;
        this.options = options;
    }

    void run(StreamingListener listener) throws IOException {
        Optional<PairSimilarity> similarity = similarity();
        if (similarity.isEmpty()) {
            return;
        }
        PairSimilarity pairs = similarity.get();
        LoopSearch search = search();
        List<LoopCandidate> candidates = search.find(store.size(), pairs);
        Set<List<Integer>> tested = new HashSet<>();
        store.loops().forEach(loop -> tested.add(List.of(loop.from(), loop.to())));
        List<LoopCandidate> untested = candidates.stream()
                .filter(candidate -> tested.add(List.of(candidate.from(), candidate.to())))
                .toList();
        if (untested.isEmpty()) {
            return;
        }
        int unrelated = Math.min(MAX_UNRELATED, candidates.size());
        double minAgreement = minAgreement(search.unrelated(store.size(), pairs, unrelated));
        for (LoopCandidate candidate : untested) {
            LoopInfo loop = test(candidate, minAgreement);
            store.append(loop);
            listener.loopTested(loop);
        }
    }

    /** Returns a search for at most one candidate for each window, which bounds the cost. */
    private LoopSearch search() {
        double minimum = options.loops() == LoopMethod.FRUSTA ? MIN_OVERLAP : MIN_SIMILARITY;
        int spacing = Math.max(1, options.window() / 4);
        return new LoopSearch(options.window(), spacing, store.windows().size(), minimum);
    }

    /** Returns what frames are compared by; empty if there are no frames or the predictor describes none. */
    private Optional<PairSimilarity> similarity() throws IOException {
        if (store.size() == 0) {
            return Optional.empty();
        }
        if (options.loops() == LoopMethod.FRUSTA) {
            return Optional.of(frusta());
        }
        List<float[]> descriptors = store.descriptors();
        boolean complete = descriptors.stream().noneMatch(descriptor -> descriptor.length == 0);
        return complete ? Optional.of(new CenteredDescriptors(descriptors)) : Optional.empty();
    }

    /** Returns the overlap of frusta in the chain of windows, which does not change while loops are tested. */
    private FrustumOverlap frusta() throws IOException {
        List<Camera> cameras = store.frames().stream().map(chain::camera).toList();
        double[] depths = store.frames().stream()
                .mapToInt(FrameInfo::window)
                .mapToDouble(window -> store.windows().get(window).depth()
                        * chain.toMap(window).scale())
                .toArray();
        Image first = store.frame(0).image();
        return new FrustumOverlap(cameras, depths, first.width(), first.height());
    }

    /**
     * Returns what a loop must reach: more than three quarters of the pairs of frames that do not look alike. Few of
     * these may show the same surfaces nevertheless.
     */
    private double minAgreement(List<LoopCandidate> unrelated) throws IOException {
        List<Double> agreements = new ArrayList<>();
        for (LoopCandidate pair : unrelated) {
            Half earlier = half(pair.from());
            Half later = half(pair.to());
            List<View> together = together(earlier, later);
            View a = together.get(earlier.end);
            View b = together.get(earlier.frames.size() + later.end);
            agreements.add(LoopVerification.agreement(a, b));
        }
        return minAgreementAbove(agreements);
    }

    /** Returns the smallest agreement that is above three quarters of those of unrelated frames. */
    static double minAgreementAbove(List<Double> unrelated) {
        double[] sorted =
                unrelated.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double usual = sorted.length == 0 ? 0 : sorted[(3 * sorted.length - 1) / 4];
        return Math.max(LoopVerification.MIN_AGREEMENT, Math.nextUp(usual));
    }

    private List<View> together(Half earlier, Half later) {
        List<Frame> frames = new ArrayList<>(earlier.frames);
        frames.addAll(later.frames);
        return predictor.predict(frames).requireViews(frames.size()).scene().views();
    }

    private LoopInfo test(LoopCandidate candidate, double minAgreement) throws IOException {
        Half earlier = half(candidate.from());
        Half later = half(candidate.to());
        List<View> together = together(earlier, later);
        // The scale of a rig's windows is not that of the network, which the test uses without the rig.
        boolean metric = options.rig().isEmpty() && store.windows().stream().allMatch(WindowInfo::metric);
        Optional<LoopMeasurement> measurement = LoopVerification.verify(
                earlier.views,
                earlier.end,
                later.views,
                later.end,
                together,
                options.alignment().orElse(metric ? AlignmentModel.SE3 : AlignmentModel.SIM3),
                usualInliers(store.windows()),
                minAgreement);
        return new LoopInfo(
                candidate.from(),
                candidate.to(),
                measurement.map(LoopMeasurement::motion),
                measurement.map(LoopMeasurement::scaleRatio).orElse(1.0));
    }

    /** Returns the median over all windows but the first of the fraction of points that agree with the previous one. */
    static double usualInliers(List<WindowInfo> windows) {
        double[] inliers = windows.stream()
                .skip(1)
                .mapToDouble(WindowInfo::inliers)
                .sorted()
                .toArray();
        return inliers.length == 0 ? 1 : inliers[inliers.length / 2];
    }

    /**
     * Frames around an end of a loop.
     *
     * @param views the frames in the unit of the window of the end
     * @param end index of the end
     */
    private record Half(List<Frame> frames, List<View> views, int end) {}

    private Half half(int end) throws IOException {
        int step = options.rig().map(Rig::size).orElse(1); // frames of one camera
        int count = Math.min(MAX_FRAMES, options.window() / step / 2);
        int first = Math.max(0, Math.min(end / step - count / 2, store.size() / step - count));
        List<Frame> frames = new ArrayList<>();
        List<View> views = new ArrayList<>();
        for (int k = first; k < Math.min(store.size() / step, first + count); k++) {
            int i = k * step + end % step;
            StoredFrame stored = store.frame(i);
            frames.add(StreamingRun.frame(stored));
            views.add(chain.viewInWindow(stored, store.frames().get(end).window()));
        }
        return new Half(frames, views, end / step - first);
    }
}
