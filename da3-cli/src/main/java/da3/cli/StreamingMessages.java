package da3.cli;

import da3.streaming.RigScale;
import da3.streaming.StreamingListener;
import da3.streaming.StreamingMap;
import da3.streaming.store.LoopInfo;
import da3.streaming.store.WindowInfo;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints a line for each window and each tested loop of a streaming run. */
final class StreamingMessages implements StreamingListener {

    private final long start = System.nanoTime();
    private final int before;
    private final PrintWriter err;

    /** @param before number of frames that earlier runs stored */
    StreamingMessages(int before, PrintWriter err) {
        this.before = before;
        this.err = err;
    }

    @Override
    public void windowStored(WindowInfo window, int frames) {
        double seconds = (System.nanoTime() - start) / 1e9;
        err.printf(
                Locale.ROOT,
                "da3: window %d, %d frames, %.2f s per frame, scale %.3f, %.0f %% of the overlap agrees%n",
                window.number(),
                frames,
                seconds / (frames - before),
                window.toPrevious().scale(),
                100 * window.inliers());
        err.flush();
    }

    @Override
    public void scaleMeasured(RigScale scale) {
        err.printf(
                Locale.ROOT,
                "da3: window %d, the scales of the rig in this window and the one before agree within %.1f %%%s%n",
                scale.window(),
                100 * Math.abs(scale.ratio() - 1),
                scale.deviates()
                        ? ", which is too much: check the calibration, and whether the images of an instant belong together"
                        : "");
        err.flush();
    }

    @Override
    public void windowPredicted(int window, int frames) {
        err.printf(
                Locale.ROOT,
                "da3: window %d, %s, after %.1f s%n",
                window,
                Plural.of(frames, "frame"),
                (System.nanoTime() - start) / 1e9);
        err.flush();
    }

    @Override
    public void loopTested(LoopInfo loop) {
        err.printf(
                Locale.ROOT,
                "da3: frames %d and %d %s%n",
                loop.from(),
                loop.to(),
                loop.motion().isPresent() ? "show the same surfaces" : "are not confirmed to show the same surfaces");
        err.flush();
    }

    /** Prints how well measured positions, of which there is at least one, agree with a map, and the scale. */
    static void printPositions(StreamingMap map, PrintWriter err) {
        double[] distances = map.positions().stream()
                .mapToDouble(placed -> map.cameras()
                        .get(placed.frame())
                        .pose()
                        .cameraCenter()
                        .minus(placed.prior().position())
                        .norm())
                .sorted()
                .toArray();
        err.printf(
                Locale.ROOT,
                "da3: %s of frames, at a median distance of %.3g from the map; the unit of the first window is %.4g%n",
                Plural.of(distances.length, "measured position"),
                distances[distances.length / 2],
                map.scales().get(0));
        err.flush();
    }
}
