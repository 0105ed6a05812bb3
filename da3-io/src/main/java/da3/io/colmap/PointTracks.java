package da3.io.colmap;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.image.MapResampling;
import da3.geometry.math.Vec3;
import da3.geometry.points.PointFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * Finds the views that observe the same point. The point of a pixel is projected into all other views. A view observes
 * it, at the projection, if its depth there agrees and the pixel there is confident enough and not part of another
 * point. The final position is the mean over the observing views, so that reprojection errors reflect their
 * disagreement.
 */
final class PointTracks {

    private final Scene scene;
    private final List<ColmapPhoto> photos;
    private final PointFilter filter;
    private final double tolerance;
    private final int views;
    private final Camera[] cameras;
    private final Pose[] cameraToWorld;

    /** Per view, the pixels that are part of a point. */
    private final BitSet[] taken;

    private final Observations[] observations;
    private final List<ColmapPoint> points = new ArrayList<>();

    private PointTracks(Scene scene, List<ColmapPhoto> photos, PointFilter filter, double tolerance) {
        this.scene = scene;
        this.photos = photos;
        this.filter = filter;
        this.tolerance = tolerance;
        views = scene.views().size();
        cameras = new Camera[views];
        cameraToWorld = new Pose[views];
        taken = new BitSet[views];
        observations = new Observations[views];
        for (int v = 0; v < views; v++) {
            cameras[v] = ColmapScene.camera(scene, v);
            cameraToWorld[v] = cameras[v].pose().inverse();
            taken[v] = new BitSet();
            observations[v] = new Observations();
            scene.view(v).requireOneSize("view " + v);
        }
    }

    static PointTracks of(Scene scene, List<ColmapPhoto> photos, PointFilter filter, ColmapOptions options) {
        PointTracks tracks = new PointTracks(scene, photos, filter, options.depthTolerance());
        int left = tracks.kept();
        int needed = Math.min(left, options.maxPoints());
        Random random = new Random(options.seed());
        for (int v = 0; v < tracks.views; v++) {
            int pixels = scene.view(v).depth().values().length;
            for (int i = 0; i < pixels; i++) {
                // each remaining pixel is chosen with equal probability
                if (filter.keeps(v, i) && random.nextInt(left--) < needed) {
                    needed--;
                    if (!tracks.taken[v].get(i)) {
                        tracks.follow(v, i);
                    }
                }
            }
        }
        return tracks;
    }

    private int kept() {
        int kept = 0;
        for (int v = 0; v < views; v++) {
            for (int i = 0; i < scene.view(v).depth().values().length; i++) {
                kept = filter.keeps(v, i) ? Math.addExact(kept, 1) : kept;
            }
        }
        return kept;
    }

    List<ColmapPoint> points() {
        return points;
    }

    /** Returns the observations of a view, (observations, 2), in pixels of its photo. */
    double[] observed(int view) {
        return Arrays.copyOf(observations[view].xy, 2 * observations[view].count);
    }

    /** Returns the ids of the points that a view observes, (observations). */
    long[] observedPoints(int view) {
        return Arrays.copyOf(observations[view].points, observations[view].count);
    }

    private void follow(int v, int i) {
        ScalarMap depth = scene.view(v).depth();
        double x = i % depth.width() + 0.5;
        double y = i / depth.width() + 0.5;
        Vec3 point = unproject(v, x, y, depth.values()[i]);
        Track track = new Track();
        taken[v].set(i);
        track.add(v, x, y, point);
        for (int other = 0; other < views; other++) {
            if (other != v) {
                observe(point, other, track);
            }
        }
        store(track, color(v, i));
    }

    /** Adds an observation if the view's depth agrees. */
    private void observe(Vec3 point, int v, Track track) {
        Vec3 seen = cameras[v].pose().transform(point);
        if (!(seen.z() > 0)) {
            return;
        }
        ScalarMap depth = scene.view(v).depth();
        Intrinsics k = cameras[v].intrinsics();
        double x = k.projectX(seen.x(), seen.z());
        double y = k.projectY(seen.y(), seen.z());
        if (!(x >= 0 && y >= 0 && x < depth.width() && y < depth.height())) {
            return;
        }
        int pixel = (int) y * depth.width() + (int) x;
        if (taken[v].get(pixel) || !filter.keeps(v, pixel)) {
            return;
        }
        double measured = MapResampling.depthAt(depth, x, y);
        if (Math.abs(measured - seen.z()) <= tolerance * seen.z()) {
            taken[v].set(pixel);
            track.add(v, x, y, unproject(v, x, y, measured));
        }
    }

    private Vec3 unproject(int v, double x, double y, double z) {
        return cameraToWorld[v].transform(cameras[v].intrinsics().unproject(x, y, z));
    }

    private byte[] color(int v, int i) {
        return Arrays.copyOfRange(scene.view(v).image().rgb(), 3 * i, 3 * i + 3);
    }

    private void store(Track track, byte[] rgb) {
        long id = points.size() + 1L;
        int length = track.views.size();
        Vec3 position = Vec3.mean(track.points);
        int[] images = new int[length];
        int[] indices = new int[length];
        double error = 0;
        for (int i = 0; i < length; i++) {
            int v = track.views.get(i);
            ColmapPhoto photo = photos.get(v);
            double x = photo.x(track.xy.get(i)[0]);
            double y = photo.y(track.xy.get(i)[1]);
            images[i] = v + 1;
            indices[i] = observations[v].add(x, y, id);
            Vec3 seen = cameras[v].pose().transform(position);
            Intrinsics k = cameras[v].intrinsics();
            error += Math.hypot(
                    photo.x(k.projectX(seen.x(), seen.z())) - x, photo.y(k.projectY(seen.y(), seen.z())) - y);
        }
        points.add(new ColmapPoint(id, position, rgb, error / length, images, indices));
    }

    /** The observations of one point, in pixels of the views. */
    private static final class Track {
        private final List<Integer> views = new ArrayList<>();
        private final List<double[]> xy = new ArrayList<>();
        private final List<Vec3> points = new ArrayList<>();

        void add(int view, double x, double y, Vec3 point) {
            views.add(view);
            xy.add(new double[] {x, y});
            points.add(point);
        }
    }

    /** A growing list of the observations of one view. */
    private static final class Observations {
        private double[] xy = new double[128];
        private long[] points = new long[64];
        private int count;

        int add(double x, double y, long point) {
            if (count == points.length) {
                xy = Arrays.copyOf(xy, Math.multiplyExact(4, count));
                points = Arrays.copyOf(points, 2 * count);
            }
            xy[2 * count] = x;
            xy[2 * count + 1] = y;
            points[count] = point;
            return count++;
        }
    }
}
