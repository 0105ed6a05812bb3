package da3.bench.streaming;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.align.Umeyama;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.TrajectoryError;
import da3.streaming.StreamingMap;
import da3.streaming.reference.AlignedWindow;
import da3.streaming.reference.ReferenceMap;
import da3.streaming.store.LoopInfo;
import da3.streaming.store.WindowInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Errors of maps of a route. Predictions are recomputed without the noise of pixels, which would hide the rest.
 *
 * @param oracle the predictor of the map
 */
record MapErrors(BuildingOracle oracle) {

    /** Distance between compared pixels of an image, in pixels. */
    private static final int PIXEL_STRIDE = 7;

    /** Returns the absolute trajectory error in meters. */
    double trajectory(List<Camera> cameras) {
        return TrajectoryError.of(cameras, oracle.route().cameras())
                .orElseThrow()
                .absolute();
    }

    /** Returns the absolute trajectory error of the reference's map in meters. */
    double trajectory(ReferenceMap map) {
        return trajectory(cameras(map));
    }

    private static List<Camera> cameras(ReferenceMap map) {
        List<Pose> poses = map.camerasToWorld();
        List<Intrinsics> intrinsics = map.intrinsics();
        return IntStream.range(0, poses.size())
                .mapToObj(i -> new Camera(poses.get(i).inverse(), intrinsics.get(i)))
                .toList();
    }

    /** Returns the relative differences of scale between the windows at the ends of loops. */
    double[] scaleErrors(StreamingMap map, List<LoopInfo> loops) {
        double[] scales =
                map.windows().stream().mapToDouble(window -> scale(map, window)).toArray();
        return loops.stream()
                .mapToDouble(loop -> scales[map.frames().get(loop.to()).window()]
                        / scales[map.frames().get(loop.from()).window()])
                .map(ratio -> Math.abs(ratio - 1))
                .toArray();
    }

    /** Returns the depth of the map relative to the true one, the mean of the frames that a window adds. */
    private double scale(StreamingMap map, WindowInfo window) {
        List<View> views = predicted(window);
        double sum = 0;
        for (int i = window.overlap(); i < views.size(); i++) {
            View truth = oracle.route().views().get(window.firstFrame() + i);
            sum += medianRatio(views.get(i).depth(), truth.depth());
        }
        return map.scales().get(window.number()) * sum / window.newFrames();
    }

    private static double medianRatio(ScalarMap depth, ScalarMap truth) {
        double[] ratios = IntStream.range(0, depth.values().length)
                .mapToDouble(p -> depth.values()[p] / truth.values()[p])
                .sorted()
                .toArray();
        return ratios[ratios.length / 2];
    }

    /**
     * Returns the median distance in meters between the points that consecutive windows have at the same pixels of
     * their common frames, in the corrected map. A window is put where its first new frame is.
     */
    double ghosting(StreamingMap map) {
        double unit = meters(map.cameras());
        List<Double> distances = new ArrayList<>();
        List<View> earlier = predicted(map.windows().get(0));
        for (WindowInfo window : map.windows().subList(1, map.windows().size())) {
            List<View> views = predicted(window);
            int previous = window.number() - 1;
            WindowInfo before = map.windows().get(previous);
            for (int i = 0; i < window.overlap(); i++) {
                int frame = window.firstFrame() + i;
                if (map.frames().get(frame).window() == previous) {
                    View a = placed(map, before, earlier, frame);
                    View b = placed(map, window, views, frame);
                    addDistances(a, b, unit, distances);
                }
            }
            earlier = views;
        }
        return median(distances);
    }

    /** Returns a frame of a window, which is moved and scaled so that the first frame that it adds is in its place. */
    private static View placed(StreamingMap map, WindowInfo window, List<View> views, int frame) {
        int anchor = window.firstFrame() + window.overlap();
        double scale = map.scales().get(window.number());
        View view = views.get(frame - window.firstFrame());
        Pose motion = pose(view).compose(pose(views.get(window.overlap())).inverse());
        Pose moved = motion.withTranslation(motion.translation().times(scale))
                .compose(map.cameras().get(anchor).pose());
        Intrinsics k = view.camera().orElseThrow().intrinsics();
        return new View(view.image(), view.depth().scaled(scale), view.confidence(), Optional.of(new Camera(moved, k)));
    }

    /** Returns the same for the reference's map. */
    double ghosting(ReferenceMap map) {
        double unit = meters(cameras(map));
        List<Double> distances = new ArrayList<>();
        for (int w = 1; w < map.windows().size(); w++) {
            AlignedWindow before = map.windows().get(w - 1);
            AlignedWindow window = map.windows().get(w);
            List<View> earlier = predicted(before);
            List<View> views = predicted(window);
            for (int frame = window.range().start(); frame < before.range().end(); frame++) {
                addDistances(
                        moved(earlier.get(frame - before.range().start()), before.toWorld()),
                        moved(views.get(frame - window.range().start()), window.toWorld()),
                        unit,
                        distances);
            }
        }
        return median(distances);
    }

    private static View moved(View view, Sim3 similarity) {
        return new View(
                view.image(),
                view.depth().scaled(similarity.scale()),
                view.confidence(),
                view.camera().map(c -> new Camera(similarity.applyToPose(c.pose()), c.intrinsics())));
    }

    private static void addDistances(View a, View b, double unit, List<Double> distances) {
        int width = a.depth().width();
        Intrinsics k = a.camera().orElseThrow().intrinsics();
        for (int p = 0; p < a.depth().values().length; p += PIXEL_STRIDE) {
            double u = p % width + 0.5;
            double v = p / width + 0.5;
            Vec3 first = pose(a).inverse().transform(k.unproject(u, v, a.depth().values()[p]));
            Vec3 second =
                    pose(b).inverse().transform(k.unproject(u, v, b.depth().values()[p]));
            distances.add(unit * first.minus(second).norm());
        }
    }

    /** Returns the length of the unit of a map in meters. */
    private double meters(List<Camera> cameras) {
        return Umeyama.align(
                        oracle.route().cameras().stream().map(Camera::pose).toList(),
                        cameras.stream().map(Camera::pose).toList())
                .scale();
    }

    private List<View> predicted(WindowInfo window) {
        return predicted(window.firstFrame(), window.cameras().size());
    }

    private List<View> predicted(AlignedWindow window) {
        return predicted(window.range().start(), window.range().length());
    }

    private List<View> predicted(int first, int count) {
        return oracle.withoutNoise().views(IntStream.range(first, first + count).toArray());
    }

    private static Pose pose(View view) {
        return view.camera().orElseThrow().pose();
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
