package da3.evaluation.surface;

import da3.evaluation.SurfaceProtocol;
import da3.evaluation.SurfaceScore;
import da3.geometry.Camera;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.SurfaceMetrics;
import da3.geometry.points.RadiusThinning;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;

/**
 * The protocol of DTU's data set. Lengths are in millimeters.
 *
 * <p>With predicted cameras every pixel becomes a point; with the true ones only those that four views agree on within
 * 0.2. At most four million points are kept and thinned to a distance of 0.2. Accuracy is the mean distance of the points
 * in the observed volume to the true surface, completeness that of the true points above the ground plane to the points
 * near the volume; distances of 20 and more are outliers and do not count. There is no precision or recall.
 *
 * <p>The reference's code returns accuracy and completeness under each other's names; here they have their own.
 *
 * <p>Source: reference file src/depth_anything_3/bench/datasets/dtu.py, after Jensen et al., "Large Scale Multi-view
 * Stereopsis Evaluation", 2014.
 *
 * @param volume observed volume: {@code ObsMask}, {@code BB} and {@code Res} of the file {@code ObsMask<scan>_10.mat}
 * @param plane a, b, c and d of the ground plane, above which {@code ax + by + cz + d} is positive: {@code P} of the file
 *     {@code Plane<scan>.mat}
 */
public record DtuProtocol(ObservedVolume volume, double[] plane) implements SurfaceProtocol {

    private static final double MIN_DEPTH = 1e-3;
    private static final double CONSISTENT = 0.2; // distance at which points of two views agree
    private static final int MIN_VIEWS = 4;
    private static final int MAX_POINTS = 4_000_000;
    private static final double SPACING = 0.2;
    private static final double PATCH = 60;
    private static final double OUTLIER = 20;
    private static final long SEED = 42;

    /** Checks the plane. */
    public DtuProtocol {
        if (plane.length != 4) {
            throw Check.invalid("ground plane", "of 4 numbers", plane.length);
        }
        plane = plane.clone();
    }

    @Override
    public SurfaceScore score(List<View> views, boolean posed, PointCloud truth) {
        double[] thinned = RadiusThinning.of(posed ? consistent(views) : all(views), SPACING, SEED);
        double[] near = select(thinned, i -> volume.isNear(thinned, i, PATCH));
        double[] observed = select(near, i -> volume.contains(near, i));
        double[] surface = TsdfProtocol.doubles(truth.positions());
        double[] above = select(surface, i -> isAbove(surface, i));
        OptionalDouble accuracy = meanDistance(observed, surface);
        OptionalDouble completeness = meanDistance(above, near);
        return new SurfaceScore(accuracy, completeness, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** Returns a point for each pixel with depth. */
    private static double[] all(List<View> views) {
        PointReservoir points = new PointReservoir(MAX_POINTS, SEED);
        for (View view : views) {
            Camera camera = view.camera().orElseThrow();
            Pose toWorld = camera.pose().inverse();
            for (int y = 0; y < view.depth().height(); y++) {
                for (int x = 0; x < view.depth().width(); x++) {
                    double depth = view.depth().at(x, y);
                    if (depth > MIN_DEPTH) {
                        Vec3 point = toWorld.transform(camera.intrinsics().unproject(x + 0.5, y + 0.5, depth));
                        points.add(point.x(), point.y(), point.z());
                    }
                }
            }
        }
        return points.points();
    }

    private static double[] consistent(List<View> views) {
        PointReservoir points = new PointReservoir(MAX_POINTS, SEED);
        ConsistentPoints consistent = new ConsistentPoints(views, CONSISTENT, MIN_VIEWS);
        for (int view = 0; view < views.size(); view++) {
            consistent.addTo(points, view);
        }
        return points.points();
    }

    private boolean isAbove(double[] points, int at) {
        return plane[0] * points[at] + plane[1] * points[at + 1] + plane[2] * points[at + 2] + plane[3] > 0;
    }

    /** Returns the points whose index of x satisfies a condition. */
    private static double[] select(double[] points, IntPredicate wanted) {
        double[] selected = new double[points.length];
        int count = 0;
        for (int i = 0; i < points.length; i += 3) {
            if (wanted.test(i)) {
                System.arraycopy(points, i, selected, count, 3);
                count += 3;
            }
        }
        return Arrays.copyOf(selected, count);
    }

    private static OptionalDouble meanDistance(double[] points, double[] others) {
        return points.length == 0 || others.length == 0
                ? OptionalDouble.empty()
                : Arrays.stream(SurfaceMetrics.distances(points, others))
                        .filter(distance -> distance < OUTLIER)
                        .average();
    }
}
