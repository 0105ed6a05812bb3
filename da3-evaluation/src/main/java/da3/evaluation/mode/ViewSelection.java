package da3.evaluation.mode;

import da3.geometry.Camera;
import da3.geometry.metrics.Angles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which views are rendered and from which: every eighth view is held out, and of the others those are chosen that are
 * farthest apart.
 *
 * <p>The distance of two cameras is that of their centers, as a share of the largest distance of any two, plus the angle
 * between their rotations as a share of 180 degrees. Source: paper, benchmark of visual rendering; the weights
 * of both are ours.
 *
 * @param heldOut indices of the views to render, ascending
 * @param context indices of the views to render from, ascending
 */
record ViewSelection(List<Integer> heldOut, List<Integer> context) {

    /** Number of views from which on a selection makes sense. */
    static final int MIN_VIEWS = 8;

    private static final int HELD_OUT_EVERY = 8;
    private static final int MAX_CONTEXT = 12;

    /**
     * Selects views.
     *
     * @param cameras cameras of at least {@value #MIN_VIEWS} views
     */
    static ViewSelection of(List<Camera> cameras) {
        List<Integer> heldOut = IntStream.range(0, cameras.size())
                .filter(view -> view % HELD_OUT_EVERY == 0)
                .boxed()
                .toList();
        List<Integer> others = IntStream.range(0, cameras.size())
                .filter(view -> view % HELD_OUT_EVERY != 0)
                .boxed()
                .toList();
        return new ViewSelection(heldOut, farthest(cameras, others, MAX_CONTEXT));
    }

    /** Returns views chosen by farthest point sampling from the first one on, in ascending order. */
    static List<Integer> farthest(List<Camera> cameras, List<Integer> views, int count) {
        double extent = extent(cameras, views);
        List<Integer> left = new ArrayList<>(views);
        List<Integer> chosen = new ArrayList<>(List.of(left.remove(0)));
        while (!left.isEmpty() && chosen.size() < count) {
            int best = 0;
            for (int i = 1; i < left.size(); i++) {
                if (nearest(cameras, left.get(i), chosen, extent) > nearest(cameras, left.get(best), chosen, extent)) {
                    best = i;
                }
            }
            chosen.add(left.remove(best));
        }
        return chosen.stream().sorted().toList();
    }

    private static double extent(List<Camera> cameras, List<Integer> views) {
        double largest = 0;
        for (int a : views) {
            for (int b : views) {
                largest = Math.max(largest, baseline(cameras.get(a), cameras.get(b)));
            }
        }
        return largest;
    }

    private static double nearest(List<Camera> cameras, int view, List<Integer> chosen, double extent) {
        return chosen.stream()
                .mapToDouble(other -> distance(cameras.get(view), cameras.get(other), extent))
                .min()
                .orElseThrow();
    }

    private static double distance(Camera a, Camera b, double extent) {
        double angle = Angles.between(a.pose().rotation(), b.pose().rotation());
        return (extent > 0 ? baseline(a, b) / extent : 0) + angle / 180;
    }

    private static double baseline(Camera a, Camera b) {
        return a.pose().cameraCenter().minus(b.pose().cameraCenter()).norm();
    }
}
