package da3.evaluation.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import da3.evaluation.SurfaceScore;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plane 500 mm before cameras that look straight at it; pixels are 1 mm apart there. */
class DtuProtocolTest {

    private static final int SIDE = 24;
    private static final double DISTANCE = 500;
    private static final Intrinsics INTRINSICS = new Intrinsics(DISTANCE, DISTANCE, SIDE / 2.0, SIDE / 2.0);

    /** Voxels of 1 mm from -12 to 12 in x and y, and from 490 to 510 in z, observed where x is 0 or more. */
    private static final ObservedVolume VOLUME = volume();

    private static final double[] EVERYWHERE = {0, 0, 0, 1};

    private static ObservedVolume volume() {
        int[] shape = {25, 25, 21};
        BitSet observed = new BitSet();
        observed.set(12 * shape[1] * shape[2], shape[0] * shape[1] * shape[2]);
        return new ObservedVolume(shape, observed, new double[] {-12, -12, 490}, new double[] {12, 12, 510}, 1);
    }

    private static List<View> views(int count, double depth) {
        List<View> views = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] depths = new float[SIDE * SIDE];
            Arrays.fill(depths, (float) depth);
            Pose pose = new Pose(Mat3.IDENTITY, new Vec3(-i, 0, 0));
            views.add(new View(
                    new Image(SIDE, SIDE, new byte[3 * SIDE * SIDE]),
                    new ScalarMap(SIDE, SIDE, depths),
                    Optional.empty(),
                    Optional.of(new Camera(pose, INTRINSICS))));
        }
        return views;
    }

    /** The points that the first view sees of the plane. */
    private static PointCloud truth() {
        float[] points = new float[3 * SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            points[3 * i] = i % SIDE + 0.5f - SIDE / 2f;
            points[3 * i + 1] = i / SIDE + 0.5f - SIDE / 2f;
            points[3 * i + 2] = (float) DISTANCE;
        }
        return new PointCloud(points, new byte[points.length]);
    }

    private static SurfaceScore score(List<View> views, boolean posed, double[] plane) {
        return new DtuProtocol(VOLUME, plane).score(views, posed, truth());
    }

    @Test
    void theTruthHasNoError() {
        double[] seenByFour = {1, 0, 0, 8}; // x above -8
        for (boolean posed : new boolean[] {false, true}) {
            SurfaceScore score = score(views(5, DISTANCE), posed, seenByFour);
            assertThat(score.accuracy().orElseThrow()).isLessThan(0.5); // points beyond the first view
            assertThat(score.completeness().orElseThrow()).isLessThan(0.1);
            assertThat(score.precision()).isEmpty();
            assertThat(score.f1()).isEmpty();
        }
    }

    @Test
    void aShiftIsAccuracyAndCompleteness() {
        SurfaceScore score = score(views(1, DISTANCE + 2), false, EVERYWHERE);
        assertThat(score.accuracy().orElseThrow()).isCloseTo(2, within(0.02));
        assertThat(score.completeness().orElseThrow()).isCloseTo(2, within(0.02));
        assertThat(score.chamfer().orElseThrow()).isCloseTo(2, within(0.02));
    }

    /** At 530 mm points are outside the volume but near it: they count for completeness, where 30 mm are too far. */
    @Test
    void outliersAndWhatWasNotObservedDoNotCount() {
        SurfaceScore score = score(views(1, DISTANCE + 30), false, EVERYWHERE);
        assertThat(score.accuracy()).isEmpty();
        assertThat(score.completeness()).isEmpty();
        assertThat(score.hasSurface()).isFalse();
    }

    @Test
    void truePointsBelowThePlaneDoNotCount() {
        double[] right = {1, 0, 0, -8}; // x above 8
        List<View> left = views(1, DISTANCE);
        float[] depth = left.get(0).depth().values();
        for (int i = 0; i < depth.length; i++) {
            depth[i] = i % SIDE < 13 ? depth[i] : 0; // x up to 0.5
        }
        // columns at 8.5 to 11.5 are 8 to 11 away from that at 0.5
        assertThat(score(left, false, right).completeness().orElseThrow()).isCloseTo(9.5, within(1e-3));
    }

    /** Returns values in [-1, 1) that follow from their index. */
    private static double uniform(int index) {
        long hash = (index + 1_000_003L + 1) * 0x9E3779B97F4A7C15L;
        hash = (hash ^ hash >>> 29) * 0xBF58476D1CE4E5B9L;
        hash ^= hash >>> 32;
        return (hash >>> 40) / (double) (1 << 23) - 1;
    }

    /**
     * Function _evaluate_reconstruction of the reference file src/depth_anything_3/bench/datasets/dtu.py, with NumPy 1.24 and
     * scikit-learn 1.2.1, for the same points, which are too far apart to be thinned.
     */
    @Test
    void agreesWithTheReference() {
        List<View> rough = views(1, DISTANCE);
        float[] depth = rough.get(0).depth().values();
        for (int i = 0; i < depth.length; i++) {
            depth[i] = i % SIDE < 20 ? (float) (DISTANCE + 8 * uniform(i)) : 530; // near the volume, but outside
        }
        SurfaceScore score = score(rough, false, new double[] {0.5, 1, 0.02, -8});
        assertThat(score.accuracy().orElseThrow()).isCloseTo(3.9010648536225645, within(1e-4));
        assertThat(score.completeness().orElseThrow()).isCloseTo(1.649958334434529, within(1e-4));
        assertThat(score.chamfer().orElseThrow()).isCloseTo(2.7755115940285466, within(1e-4));
    }

    @Test
    void withGivenCamerasFourViewsHaveToAgree() {
        assertThat(score(views(3, DISTANCE), true, EVERYWHERE).hasSurface()).isFalse();
        assertThat(score(views(4, DISTANCE), true, EVERYWHERE).hasSurface()).isTrue();
        List<View> contradicting = new ArrayList<>(views(3, DISTANCE));
        contradicting.addAll(views(3, DISTANCE + 1)); // as many, a millimeter behind
        assertThat(score(contradicting, true, EVERYWHERE).hasSurface()).isFalse();
        assertThat(score(contradicting, false, EVERYWHERE).hasSurface()).isTrue();
    }

    @Test
    void pointsBeyondTheLimitAreChosenAtRandom() {
        PointReservoir reservoir = new PointReservoir(100, 42);
        for (int i = 0; i < 10_000; i++) {
            reservoir.add(i, 0, 0);
        }
        double[] points = reservoir.points();
        assertThat(points).hasSize(300);
        double mean = 0;
        for (int i = 0; i < points.length; i += 3) {
            mean += points[i] / 100;
        }
        assertThat(mean).isCloseTo(5000, within(900.0)); // three standard deviations
    }

    @Test
    void rejectsPlanesOfOtherSizes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DtuProtocol(VOLUME, new double[3]))
                .withMessage("ground plane must be of 4 numbers, got 3");
    }
}
