package da3.streaming.reference;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference's procedure for long sequences: predict overlapping windows, align each to the previous one, measure
 * and distribute the errors of given loops, and place all windows in the frame of the first. All frames are kept in
 * memory. Source: {@code da3_streaming.py}.
 *
 * <p>A sequence that fits into one window, with which the reference fails, results in this window.
 */
public final class ReferenceStreaming {

    private final ReferenceOptions options;
    private final ViewPredictor predictor;
    private final PointMapAlignment alignment;

    public ReferenceStreaming(ReferenceOptions options, ViewPredictor predictor) {
        this.options = options;
        this.predictor = predictor;
        this.alignment = new PointMapAlignment(options);
    }

    /**
     * Runs the procedure.
     *
     * @param frames number of frames of the sequence
     * @param loops frames that show the same part of the scene. Of the loops between two windows only the first is
     *     used, and none within a window.
     * @throws IllegalArgumentException if the predictor returns another number of views than asked for, or views
     *     without confidence or camera
     * @throws DegenerateGeometryException if an overlap or a loop does not determine a similarity
     */
    public ReferenceMap run(int frames, List<LoopPair> loops) {
        List<FrameRange> ranges = FrameRange.windows(frames, options.windowSize(), options.overlap());
        List<AlignedWindow> windows = new ArrayList<>();
        List<Sim3> steps = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            FrameRange range = ranges.get(i);
            boolean isLast = i == ranges.size() - 1;
            FrameRange emitted = isLast ? range : new FrameRange(range.start(), range.end() - options.overlap());
            AlignedWindow window =
                    new AlignedWindow(range, emitted, predict(range.frames().toArray()), Sim3.IDENTITY);
            if (i > 0) {
                steps.add(align(windows.get(i - 1), window));
            }
            windows.add(window);
        }
        List<LoopEdge> edges = edges(windows, ranges, loops);
        List<Sim3> optimized = options.optimizer().optimize(steps, edges).steps();
        return new ReferenceMap(placed(windows, optimized), List.copyOf(loops), edges);
    }

    private List<WindowFrame> predict(int[] frames) {
        List<View> views = predictor.predict(frames);
        if (views.size() != frames.length) {
            throw Check.invalid("number of predicted views", "the number of frames, " + frames.length, views.size());
        }
        List<WindowFrame> predicted = new ArrayList<>();
        for (int i = 0; i < frames.length; i++) {
            predicted.add(WindowFrame.of(views.get(i), "the prediction of frame " + frames[i]));
        }
        return predicted;
    }

    private Sim3 align(AlignedWindow previous, AlignedWindow window) {
        FrameRange shared =
                new FrameRange(window.range().start(), previous.range().end());
        return alignment.align(previous.frames(shared), window.frames(shared));
    }

    private List<LoopEdge> edges(List<AlignedWindow> windows, List<FrameRange> ranges, List<LoopPair> loops) {
        List<LoopEdge> edges = new ArrayList<>();
        for (LoopWindow loop : LoopWindow.distinct(LoopWindow.of(ranges, loops, options.loopFrames() / 2))) {
            List<WindowFrame> both = predict(loop.frames());
            int length = loop.framesA().length();
            Sim3 toA = alignment.align(windows.get(loop.windowA()).frames(loop.framesA()), both.subList(0, length));
            Sim3 toB = alignment.align(
                    windows.get(loop.windowB()).frames(loop.framesB()), both.subList(length, both.size()));
            edges.add(new LoopEdge(loop.windowA(), loop.windowB(), between(toA, toB)));
        }
        return edges;
    }

    /**
     * Returns the similarity from window a to window b, given those from a common frame to each of them. Source:
     * {@code compute_sim3_ab}.
     */
    public static Sim3 between(Sim3 toA, Sim3 toB) {
        return toB.compose(toA.inverse());
    }

    /**
     * Returns the similarity from each window but the first to the first window. Source:
     * {@code accumulate_sim3_transforms}.
     *
     * @param steps the similarity from each window to the previous one, starting with the second window
     */
    public static List<Sim3> accumulate(List<Sim3> steps) {
        List<Sim3> accumulated = new ArrayList<>();
        Sim3 toFirst = Sim3.IDENTITY;
        for (Sim3 step : steps) {
            toFirst = toFirst.compose(step);
            accumulated.add(toFirst);
        }
        return accumulated;
    }

    private static List<AlignedWindow> placed(List<AlignedWindow> windows, List<Sim3> steps) {
        List<Sim3> toFirst = accumulate(steps);
        List<AlignedWindow> placed = new ArrayList<>(List.of(windows.get(0)));
        for (int i = 1; i < windows.size(); i++) {
            AlignedWindow w = windows.get(i);
            placed.add(new AlignedWindow(w.range(), w.emitted(), w.frames(), toFirst.get(i - 1)));
        }
        return placed;
    }
}
