package da3.streaming.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class OverlapAlignmentTest {

    private static final int SIDE = 24;
    private static final Sim3 TRUTH = new Sim3(1.7, new Quaternion(0.3, -0.2, 0.5, 1).toMatrix(), new Vec3(3, -2, 0.5));

    /** Float depth limits the accuracy. */
    @Test
    void exactViewsAreAlignedExactly() {
        for (int frames = 1; frames <= 4; frames++) {
            List<View> previous = views(frames);
            WindowAlignment alignment =
                    OverlapAlignment.align(previous, moved(previous, TRUTH.inverse()), AlignmentModel.SIM3);
            assertClose(alignment.toPrevious(), TRUTH, 1e-6);
            assertThat(alignment.inliers()).isEqualTo(1);
            assertThat(alignment.residual()).isLessThan(1e-6);
        }
    }

    /** The unit of length has no influence: residuals are relative. */
    @Test
    void isFreeOfUnits() {
        List<View> previous = views(3);
        List<View> current = outliers(moved(previous, TRUTH.inverse()), 0.3);
        Sim3 large = new Sim3(1000, Mat3.IDENTITY, Vec3.ZERO);
        WindowAlignment small = OverlapAlignment.align(previous, current, AlignmentModel.SIM3);
        WindowAlignment scaled = OverlapAlignment.align(moved(previous, large), current, AlignmentModel.SIM3);
        assertClose(large.inverse().compose(scaled.toPrevious()), small.toPrevious(), 1e-5);
    }

    @Test
    void resistsOutliers() {
        List<View> previous = views(3);
        List<View> current = outliers(moved(previous, TRUTH.inverse()), 0.3);
        WindowAlignment alignment = OverlapAlignment.align(previous, current, AlignmentModel.SIM3);
        assertClose(alignment.toPrevious(), TRUTH, 1e-3);
        assertThat(alignment.inliers()).isCloseTo(0.7, within(0.03));
    }

    /** Only the pixels that are used need memory, however many frames are shared. */
    @Test
    void manyLargeFramesAreThinnedOut() {
        int side = 512;
        float[] depth = new float[side * side];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = 1 + (i % side) / 500f + (i / side) / 700f;
        }
        View view = new View(
                new Image(side, side, new byte[3 * depth.length]),
                new ScalarMap(side, side, depth),
                Optional.empty(),
                Optional.of(new Camera(Pose.IDENTITY, new Intrinsics(400, 400, 256, 256))));
        List<View> many = Collections.nCopies(3000, view);
        WindowAlignment alignment = OverlapAlignment.align(many, many, AlignmentModel.SIM3);
        assertClose(alignment.toPrevious(), Sim3.IDENTITY, 1e-6);
        assertThat(alignment.points()).isBetween(30_000, 60_000);
    }

    /** The scale has no bias towards 0, which would add up over many windows. */
    @Test
    void noiseOfBothWindowsDoesNotShrinkTheScale() {
        double sum = 0;
        for (int seed = 0; seed < 30; seed++) {
            List<View> exact = views(2);
            sum += Math.log(OverlapAlignment.align(noisy(exact, seed), noisy(exact, seed + 1000), AlignmentModel.SIM3)
                    .toPrevious()
                    .scale());
        }
        assertThat(sum / 30).isCloseTo(0, within(2e-3));
    }

    @Test
    void rigidMotionsKeepTheScale() {
        List<View> previous = views(3);
        Sim3 motion = new Sim3(1, TRUTH.rotation(), TRUTH.translation());
        WindowAlignment alignment =
                OverlapAlignment.align(previous, outliers(moved(previous, motion.inverse()), 0.2), AlignmentModel.SE3);
        assertThat(alignment.toPrevious().scale()).isEqualTo(1);
        assertClose(alignment.toPrevious(), motion, 1e-3);
    }

    /** Masked pixels have a confidence of 1. */
    @Test
    void maskedPixelsHaveNoInfluence() {
        List<View> previous = views(2);
        List<View> current = new ArrayList<>();
        for (View view : moved(previous, TRUTH.inverse())) {
            float[] depth = view.depth().values().clone();
            float[] confidence = new float[depth.length];
            for (int i = 0; i < depth.length; i++) {
                boolean masked = i % SIDE < SIDE * 2 / 3;
                depth[i] *= masked ? 2 : 1;
                confidence[i] = masked ? 1 : 3;
            }
            current.add(new View(view.image(), map(depth), Optional.of(map(confidence)), view.camera()));
        }
        assertClose(
                OverlapAlignment.align(previous, current, AlignmentModel.SIM3).toPrevious(), TRUTH, 1e-6);
    }

    @Test
    void camerasAloneWithoutDepth() {
        List<View> previous = new ArrayList<>();
        for (View view : views(3)) {
            previous.add(new View(view.image(), view.depth().scaled(0), view.confidence(), view.camera()));
        }
        Sim3 motion = new Sim3(1, TRUTH.rotation(), TRUTH.translation());
        WindowAlignment alignment =
                OverlapAlignment.align(previous, moved(previous, motion.inverse()), AlignmentModel.SIM3);
        assertClose(alignment.toPrevious(), motion, 1e-9);
        assertThat(alignment.inliers()).isZero();
        assertThat(alignment.points()).isZero();
    }

    @Test
    void needsTheSameFrames() {
        assertThatThrownBy(() -> OverlapAlignment.align(List.of(), List.of(), AlignmentModel.SIM3))
                .hasMessage("number of common frames must be at least 1, got 0");
        assertThatThrownBy(() -> OverlapAlignment.align(views(2), views(1), AlignmentModel.SIM3))
                .hasMessage("number of frames of a window must be 2 in the overlap, got 1");
    }

    /** Returns views of a wavy surface. */
    private static List<View> views(int count) {
        List<View> views = new ArrayList<>();
        Random random = new Random(5);
        for (int v = 0; v < count; v++) {
            float[] depth = new float[SIDE * SIDE];
            float[] confidence = new float[SIDE * SIDE];
            for (int i = 0; i < depth.length; i++) {
                depth[i] = 3 + (float) (Math.sin(0.4 * (i % SIDE) + v) + Math.cos(0.3 * (i / SIDE)));
                confidence[i] = 1.5f + random.nextFloat();
            }
            Pose pose = new Pose(new Quaternion(0.05 * v, 0.1 * v, 0, 1).toMatrix(), new Vec3(0.2 * v, 0, 0.1 * v));
            Intrinsics k = new Intrinsics(20, 20, SIDE / 2.0, SIDE / 2.0);
            views.add(new View(
                    new Image(SIDE, SIDE, new byte[3 * SIDE * SIDE]),
                    map(depth),
                    Optional.of(map(confidence)),
                    Optional.of(new Camera(pose, k))));
        }
        return views;
    }

    private static List<View> moved(List<View> views, Sim3 similarity) {
        return views.stream()
                .map(view -> new View(
                        view.image(),
                        view.depth().scaled(similarity.scale()),
                        view.confidence(),
                        view.camera().map(c -> new Camera(similarity.applyToPose(c.pose()), c.intrinsics()))))
                .toList();
    }

    /** Changes the depth of a fraction of the pixels by a factor from 1.5 to 3. */
    private static List<View> outliers(List<View> views, double fraction) {
        Random random = new Random(6);
        return changed(views, () -> random.nextDouble() < fraction ? 1.5 + 1.5 * random.nextDouble() : 1);
    }

    private static List<View> noisy(List<View> views, int seed) {
        Random random = new Random(seed);
        return changed(views, () -> Math.exp(0.1 * random.nextGaussian()));
    }

    private static List<View> changed(List<View> views, DoubleSupplier factor) {
        List<View> changed = new ArrayList<>();
        for (View view : views) {
            float[] depth = view.depth().values().clone();
            for (int i = 0; i < depth.length; i++) {
                depth[i] *= (float) factor.getAsDouble();
            }
            changed.add(new View(view.image(), map(depth), view.confidence(), view.camera()));
        }
        return changed;
    }

    private static ScalarMap map(float[] values) {
        return new ScalarMap(SIDE, SIDE, values);
    }

    private static void assertClose(Sim3 actual, Sim3 expected, double tolerance) {
        assertThat(actual.scale()).isCloseTo(expected.scale(), within(tolerance * expected.scale()));
        double[] difference =
                actual.rotation().times(expected.rotation().transpose()).toArray();
        for (int i = 0; i < 9; i++) {
            assertThat(difference[i]).isCloseTo(i % 4 == 0 ? 1 : 0, within(tolerance));
        }
        assertThat(actual.translation().minus(expected.translation()).norm()).isLessThan(10 * tolerance);
    }
}
