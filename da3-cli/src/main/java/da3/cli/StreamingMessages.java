package da3.cli;

import da3.geometry.math.Vec3;
import da3.geometry.metrics.Angles;
import da3.streaming.RigScale;
import da3.streaming.StreamingListener;
import da3.streaming.StreamingMap;
import da3.streaming.prior.Measurements;
import da3.streaming.store.LoopInfo;
import da3.streaming.store.WindowInfo;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Prints a line for each window, each tested loop and each kind of measurements of a streaming run. */
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

    /** Prints how well the measurements of frames, if there are any, agree with a map of at least one frame. */
    void measurementsUsed(StreamingMap map, Measurements all) {
        Measurements.Placed measured = map.measurements();
        if (!measured.positions().isEmpty()) {
            double distance = median(measured.positions().stream()
                    .mapToDouble(placed ->
                            distance(map, placed.frame(), placed.prior().position())));
            printMeasured(
                    String.format(
                            Locale.ROOT,
                            "%d of %s belong to frames, at a median distance of %.3g from the map",
                            measured.positions().size(),
                            Plural.of(all.positions().orElseThrow().size(), "measured position"),
                            distance),
                    map);
        }
        if (!measured.poses().isEmpty()) {
            double distance = median(measured.poses().stream()
                    .mapToDouble(placed ->
                            distance(map, placed.frame(), placed.prior().pose().cameraCenter())));
            double angle = median(measured.poses().stream()
                    .mapToDouble(placed -> Angles.between(
                            map.measuredPose(placed.frame()).rotation(),
                            placed.prior().pose().rotation())));
            printMeasured(
                    String.format(
                            Locale.ROOT,
                            "%d of %s belong to frames, at a median distance of %.3g and a median angle of %.3g degrees from "
                                    + "the map",
                            measured.poses().size(),
                            Plural.of(all.poses().orElseThrow().size(), "measured pose"),
                            distance,
                            angle),
                    map);
        }
        if (measured.definesWorld() && measured.odometry().isEmpty() && !map.metric() && !measured.determinesScale()) {
            err.println(
                    "da3: the measurements are too close together, for their standard deviations, to determine the scale, "
                            + "which stays that of the first window");
        }
        if (!measured.odometry().isEmpty()) {
            printMeasured(
                    measured.odometry().size() + " of "
                            + Plural.of(all.odometry().orElseThrow().size(), "motion")
                            + " of odometry are between frames",
                    map);
        }
    }

    private void printMeasured(String text, StreamingMap map) {
        err.printf(
                Locale.ROOT,
                "da3: %s; the unit of the first window is %.4g%n",
                text,
                map.scales().get(0));
        err.flush();
    }

    private static double distance(StreamingMap map, int frame, Vec3 known) {
        return map.measuredPose(frame).cameraCenter().minus(known).norm();
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
