package da3.streaming.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.metrics.Angles;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceStreamingTest {

    private static final ReferenceOptions OPTIONS =
            ReferenceOptions.defaults().withWindows(8, 4).withLoopFrames(4);
    private static final double GROWTH = 1.01;

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8, 9, 21})
    void windowsWithoutDriftResultInTheTruePoses(int frames) {
        DriftingPredictor predictor = new DriftingPredictor(20, 1);
        assertTruePoses(new ReferenceStreaming(OPTIONS, predictor).run(frames, List.of()), predictor, frames);
    }

    @ParameterizedTest
    @EnumSource(AlignmentMethod.class)
    void everyMethodButTheRigidOneFindsTheScaleOfAWindow(AlignmentMethod method) {
        DriftingPredictor predictor = new DriftingPredictor(20, 1);
        ReferenceOptions options = OPTIONS.withMethod(method, ScaleMethod.WEIGHTED);
        ReferenceMap map = new ReferenceStreaming(options, predictor).run(12, List.of());
        if (method == AlignmentMethod.SE3) {
            assertThat(map.windows().get(1).toWorld().scale()).isEqualTo(1);
        } else {
            assertTruePoses(map, predictor, 12);
        }
    }

    @Test
    void eachFrameIsTakenFromTheLastWindowThatHasIt() {
        ReferenceMap map = new ReferenceStreaming(OPTIONS, new DriftingPredictor(20, 1)).run(14, List.of());
        assertThat(map.windows().stream().map(AlignedWindow::emitted))
                .containsExactly(new FrameRange(0, 4), new FrameRange(4, 8), new FrameRange(8, 14));
        assertThat(map.intrinsics())
                .isEqualTo(IntStream.range(0, 14)
                        .mapToObj(i -> new Intrinsics(7 + i, 7, 4, 3))
                        .toList());
    }

    @Test
    void aLoopReducesTheDriftOfScale() {
        double open = drift(List.of());
        double closed = drift(List.of(new LoopPair(22, 1, 1)));
        assertThat(open).isCloseTo(16 * Math.log(GROWTH), within(1e-4));
        assertThat(Math.abs(closed)).isLessThan(open / 5);
    }

    @Test
    void predictionsAreChecked() {
        DriftingPredictor predictor = new DriftingPredictor(20, 1);
        ViewPredictor few = frames -> predictor.predict(frames).subList(1, frames.length);
        assertThatThrownBy(() -> new ReferenceStreaming(OPTIONS, few).run(3, List.of()))
                .hasMessage("number of predicted views must be the number of frames, 3, got 2");
        ViewPredictor unsure = frames -> predictor.predict(frames).stream()
                .map(view -> new View(view.image(), view.depth(), Optional.empty(), view.camera()))
                .toList();
        assertThatThrownBy(() -> new ReferenceStreaming(OPTIONS, unsure).run(3, List.of()))
                .hasMessage("the prediction of frame 0 must be a view with confidence and camera,"
                        + " got one without confidence");
    }

    /** Returns the logarithm of the scale of the fifth window, as placed in the world, relative to the first one. */
    private static double drift(List<LoopPair> loops) {
        DriftingPredictor predictor = new DriftingPredictor(20, GROWTH);
        ReferenceMap map = new ReferenceStreaming(OPTIONS, predictor).run(24, loops);
        AlignedWindow last = map.windows().get(4);
        double scale = unit(last, predictor) * last.toWorld().scale();
        return Math.log(scale / unit(map.windows().get(0), predictor));
    }

    /** Returns the unit of a window relative to the true one, in its first frame. */
    private static double unit(AlignedWindow window, DriftingPredictor predictor) {
        int first = window.range().start();
        return window.frame(first).depth().values()[0] / predictor.depth(first).values()[0];
    }

    private static void assertTruePoses(ReferenceMap map, DriftingPredictor predictor, int frames) {
        List<Pose> poses = map.camerasToWorld();
        assertThat(poses).hasSize(frames);
        double unit = unit(map.windows().get(0), predictor);
        for (int i = 0; i < frames; i++) {
            Pose toFirst = poses.get(0).inverse().compose(poses.get(i));
            Pose truth = predictor.pose(0).compose(predictor.pose(i).inverse());
            assertThat(toFirst.translation()
                            .minus(truth.translation().times(unit))
                            .norm())
                    .isLessThan(1e-5);
            assertThat(Angles.between(toFirst.rotation(), truth.rotation())).isLessThan(1e-4);
        }
    }
}
