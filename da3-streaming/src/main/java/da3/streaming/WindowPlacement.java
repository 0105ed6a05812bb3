package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.math.Percentiles;
import da3.streaming.frame.Frame;
import da3.streaming.store.MapStore;
import da3.streaming.store.WindowInfo;
import da3.streaming.window.AlignmentModel;
import da3.streaming.window.GivenPoseAlignment;
import da3.streaming.window.GivenPoseAlignment.ScalePrior;
import da3.streaming.window.OverlapAlignment;
import da3.streaming.window.WindowAlignment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Places a window in the map: over the frames that it shares with the previous window, and by given poses. */
final class WindowPlacement {

    private final MapStore store;
    private final WindowChain chain;
    private final Optional<AlignmentModel> model;

    WindowPlacement(MapStore store, WindowChain chain, Optional<AlignmentModel> model) {
        this.store = store;
        this.chain = chain;
        this.model = model;
    }

    /**
     * Returns the next window.
     *
     * @param frames frames of the window
     * @param scene their prediction
     * @param overlap number of stored frames at the start of the window
     * @throws IllegalArgumentException if poses are given for this window, but not for the first one
     */
    WindowInfo place(List<Frame> frames, Scene scene, int overlap) throws IOException {
        List<WindowInfo> windows = store.windows();
        WindowAlignment alignment = windows.isEmpty() ? atOrigin(scene) : aligned(scene, overlap, windows.size() - 1);
        List<Pose> given = new ArrayList<>();
        List<Pose> predicted = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).pose().isPresent()) {
                given.add(frames.get(i).pose().get());
                predicted.add(camera(scene, i).pose());
            }
        }
        Sim3 toPrevious = alignment.toPrevious();
        double deviation = Double.POSITIVE_INFINITY;
        if (!windows.isEmpty() && isPosed(windows.get(0))) {
            // Without further poses the scale becomes less certain from window to window.
            ScalePrior prior = ScalePrior.after(last(windows), alignment);
            deviation = prior.deviation();
            if (!given.isEmpty()) {
                GivenPoseAlignment posed = GivenPoseAlignment.of(given, predicted, prior);
                toPrevious = chain.toMap(windows.size() - 1).inverse().compose(posed.toMap());
                deviation = posed.scaleDeviation();
            }
        } else if (!given.isEmpty()) {
            if (!windows.isEmpty()) {
                throw new IllegalArgumentException("poses are given for window " + windows.size()
                        + ", but for no frame of the first window, which determines the world frame");
            }
            GivenPoseAlignment posed = GivenPoseAlignment.of(given, predicted, ScalePrior.UNKNOWN);
            toPrevious = posed.toMap();
            deviation = posed.scaleDeviation();
        }
        return new WindowInfo(
                windows.size(),
                store.size() - overlap,
                overlap,
                scene.views().stream().map(view -> view.camera().orElseThrow()).toList(),
                medianDepth(scene),
                scene.metric(),
                toPrevious,
                alignment.inliers(),
                alignment.residual(),
                deviation);
    }

    private static boolean isPosed(WindowInfo window) {
        return window.scaleDeviation() < Double.POSITIVE_INFINITY;
    }

    private GivenPoseAlignment last(List<WindowInfo> windows) {
        int last = windows.size() - 1;
        return new GivenPoseAlignment(chain.toMap(last), windows.get(last).scaleDeviation());
    }

    /** Moves the first camera to the origin of the map. */
    private static WindowAlignment atOrigin(Scene scene) {
        Pose pose = camera(scene, 0).pose();
        return new WindowAlignment(new Sim3(1, pose.rotation(), pose.translation()), 1, 0, 0);
    }

    /**
     * Returns the ratio of depth in the previous window to depth in the next one over their common frames. It is 1 if
     * their scales agree.
     */
    double scaleRatio(Scene scene, int overlap) throws IOException {
        List<View> before = before(overlap, store.windows().size() - 1);
        return OverlapAlignment.align(before, scene.views().subList(0, overlap), AlignmentModel.SIM3)
                .toPrevious()
                .scale();
    }

    /** Returns the last frames as the previous window sees them. */
    private List<View> before(int overlap, int previous) throws IOException {
        List<View> before = new ArrayList<>();
        for (int i = store.size() - overlap; i < store.size(); i++) {
            before.add(chain.viewInWindow(store.frame(i), previous));
        }
        return before;
    }

    private WindowAlignment aligned(Scene scene, int overlap, int previous) throws IOException {
        List<View> before = before(overlap, previous);
        AlignmentModel transformation = model.orElse(scene.metric() ? AlignmentModel.SE3 : AlignmentModel.SIM3);
        return OverlapAlignment.align(before, scene.views().subList(0, overlap), transformation);
    }

    /** Returns the median of the medians of the views that have depth. */
    private static double medianDepth(Scene scene) {
        double[] medians = scene.views().stream()
                .map(view -> view.depth().values())
                .mapToDouble(depth -> Percentiles.quantile(depth, 0.5))
                .filter(median -> median > 0 && median < Double.POSITIVE_INFINITY)
                .sorted()
                .toArray();
        return medians.length == 0 ? 0 : medians[medians.length / 2];
    }

    private static Camera camera(Scene scene, int view) {
        return scene.view(view).camera().orElseThrow();
    }
}
