package da3.bench.streaming;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.streaming.RigScale;
import da3.streaming.StreamingListener;
import da3.streaming.StreamingMap;
import da3.streaming.StreamingOptions;
import da3.streaming.store.WindowInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The errors of the map of a drive, without any alignment of its scale.
 *
 * @param instants number of instants
 * @param length true length of the path in meters
 * @param lengthRatio length of the path in the map by the true one
 * @param endDistance distance between the last position in the map and the true one, where the first camera is the world,
 *     relative to the length
 * @param scales median of depth in the map by true depth, one for each window
 * @param warnings number of windows whose scale disagrees with the one before
 * @param seamWithin median relative difference of depth at surfaces that different cameras saw in one window
 * @param seamAcross the same in different windows
 */
record RigResult(
        int instants,
        double length,
        double lengthRatio,
        double endDistance,
        List<Double> scales,
        int warnings,
        double seamWithin,
        double seamAcross) {

    /** Maximum number of instants between two views that are compared. */
    private static final int MAX_APART = 8;

    /** Maximum relative difference of true depth where two views see the same surface. */
    private static final double SAME_SURFACE = 0.01;

    private static final int PIXEL_STRIDE = 13;

    static RigResult of(RigOracle oracle, StreamingOptions options, Path directory) throws IOException {
        int[] warnings = {0};
        StreamingListener listener = new StreamingListener() {
            @Override
            public void windowStored(WindowInfo window, int frames) {}

            @Override
            public void scaleMeasured(RigScale scale) {
                warnings[0] += scale.deviates() ? 1 : 0;
            }
        };
        try (StreamingMap map = StreamingMap.open(directory, oracle, options)) {
            map.run(oracle.drive().frames(), listener);
            return of(oracle.drive(), map, warnings[0]);
        }
    }

    private static RigResult of(RigDrive drive, StreamingMap map, int warnings) throws IOException {
        int count = drive.rig().size();
        List<View> views = new ArrayList<>();
        for (int i = 0; i < map.size(); i++) {
            views.add(map.view(i));
        }
        List<Vec3> path = path(map.cameras(), count);
        List<Vec3> truth = path(drive.frames().cameras(), count);
        double length = length(truth);
        List<Double> scales = new ArrayList<>();
        for (WindowInfo window : map.windows()) {
            int first = window.firstFrame() + window.overlap();
            scales.add(scale(views, drive, first, first + window.newFrames()));
        }
        return new RigResult(
                drive.instants().size(),
                length,
                length(path) / length,
                path.get(path.size() - 1).minus(truth.get(truth.size() - 1)).norm() / length,
                scales,
                warnings,
                seam(views, drive, map, true),
                seam(views, drive, map, false));
    }

    /** Returns the largest deviation of the scale of a window from 1. */
    double worstScale() {
        return scales.stream().mapToDouble(scale -> Math.abs(scale - 1)).max().orElseThrow();
    }

    /** Returns the mean scale of all windows. */
    double meanScale() {
        return mean(scales);
    }

    /** Returns the mean scale of the last tenth of the windows by that of the first tenth. */
    double drift() {
        int tenth = Math.max(1, scales.size() / 10);
        return mean(scales.subList(scales.size() - tenth, scales.size())) / mean(scales.subList(0, tenth));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** Returns the centers of the first camera, in its frame at the first instant. */
    private static List<Vec3> path(List<Camera> cameras, int count) {
        Pose first = cameras.get(0).pose();
        List<Vec3> path = new ArrayList<>();
        for (int i = 0; i < cameras.size(); i += count) {
            path.add(first.transform(cameras.get(i).pose().cameraCenter()));
        }
        return path;
    }

    private static double length(List<Vec3> path) {
        double length = 0;
        for (int i = 1; i < path.size(); i++) {
            length += path.get(i).minus(path.get(i - 1)).norm();
        }
        return length;
    }

    private static double scale(List<View> views, RigDrive drive, int from, int to) {
        List<Double> ratios = new ArrayList<>();
        for (int i = from; i < to; i++) {
            float[] depth = views.get(i).depth().values();
            float[] truth = drive.frames().views().get(i).depth().values();
            for (int p = 0; p < depth.length; p++) {
                if (truth[p] > 0) {
                    ratios.add((double) depth[p] / truth[p]);
                }
            }
        }
        return median(ratios);
    }

    /**
     * Returns the median relative difference between the depth that a view has and the depth at which the points of views
     * of other cameras appear in it, where both see the same surface.
     */
    private static double seam(List<View> views, RigDrive drive, StreamingMap map, boolean sameWindow) {
        int count = drive.rig().size();
        List<View> truth = drive.frames().views();
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            int end = Math.min(views.size(), i - i % count + (MAX_APART + 1) * count);
            for (int j = i - i % count + count; j < end; j++) {
                boolean same =
                        map.frames().get(i).window() == map.frames().get(j).window();
                if (i % count != j % count && same == sameWindow) {
                    addDifferences(views.get(i), views.get(j), truth.get(i), truth.get(j), differences);
                }
            }
        }
        return median(differences);
    }

    private static void addDifferences(View a, View b, View trueA, View trueB, List<Double> differences) {
        int width = a.depth().width();
        for (int p = 0; p < a.depth().values().length; p += PIXEL_STRIDE) {
            Vec3 point = seen(trueA, trueB, p, width);
            int column = column(trueB, point);
            int row = row(trueB, point);
            if (trueA.depth().values()[p] > 0 && point.z() > 0 && column >= 0 && row >= 0) {
                double there = trueB.depth().at(column, row);
                if (there > 0 && Math.abs(point.z() / there - 1) < SAME_SURFACE) {
                    // the error of the nearest pixel is the same in truth and map
                    double predicted = seen(a, b, p, width).z() / b.depth().at(column, row);
                    differences.add(Math.abs(predicted * there / point.z() - 1));
                }
            }
        }
    }

    /** Returns the point of a pixel of {@code a} in the coordinates of the camera of {@code b}. */
    private static Vec3 seen(View a, View b, int pixel, int width) {
        Camera camera = a.camera().orElseThrow();
        Intrinsics k = camera.intrinsics();
        Vec3 local =
                k.unproject(pixel % width + 0.5, pixel / width + 0.5, a.depth().values()[pixel]);
        return b.camera().orElseThrow().pose().transform(camera.pose().inverse().transform(local));
    }

    /** Returns the column of a point, or -1 outside the image. */
    private static int column(View view, Vec3 point) {
        double x = view.camera().orElseThrow().intrinsics().projectX(point.x(), point.z());
        return x >= 0 && x < view.depth().width() ? (int) x : -1;
    }

    private static int row(View view, Vec3 point) {
        double y = view.camera().orElseThrow().intrinsics().projectY(point.y(), point.z());
        return y >= 0 && y < view.depth().height() ? (int) y : -1;
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.isEmpty() ? Double.NaN : values.get(values.size() / 2);
    }
}
