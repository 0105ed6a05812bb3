package da3.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.train.data.BatchSource.PhaseData;
import da3.train.data.Phase.Size;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchSourceTest {

    private static final PlaneScenes SCENES = new PlaneScenes(12, 4, 28, 42);

    private static BatchSource source(long seed) {
        Phase pairs = new Phase(6, List.of(new Size(28, 42)), 2, 2, 4);
        Phase more = new Phase(10, List.of(new Size(28, 42), new Size(42, 56)), 2, 4, 8);
        return new BatchSource(
                List.of(new PhaseData(pairs, SCENES), new PhaseData(more, SCENES)),
                Augmentation.defaults(),
                seed,
                2,
                0.2,
                false);
    }

    @Test
    void batchesOfAStepDoNotDependOnEarlierReads() throws IOException {
        BatchSource read = source(7);
        for (long step = 0; step < 9; step++) {
            read.read(step);
        }
        List<Batch> later = read.read(9);
        List<Batch> alone = source(7).read(9);
        for (int i = 0; i < 2; i++) {
            assertThat(later.get(i).images()).isEqualTo(alone.get(i).images());
            assertThat(later.get(i).depth()).isEqualTo(alone.get(i).depth());
            assertThat(later.get(i).extrinsics()).isEqualTo(alone.get(i).extrinsics());
            assertThat(later.get(i).poseEncodings()).isEqualTo(alone.get(i).poseEncodings());
            assertThat(later.get(i).posed()).isEqualTo(alone.get(i).posed());
        }
        assertThat(source(8).read(9).get(0).images()).isNotEqualTo(alone.get(0).images());
    }

    @Test
    void theNumberOfTokensPerStepIsNearlyConstant() {
        BatchSource source = source(1);
        Set<BatchShape> shapes = new HashSet<>();
        long base = 8 * 2 * 6;
        for (long step = 6; step < 16; step++) {
            BatchShape shape = source.shape(step);
            shapes.add(shape);
            assertThat((double) shape.tokens()).isCloseTo(base, within(0.35 * base));
            assertThat(shape.scenes() % 2).isZero();
        }
        assertThat(shapes.size()).isGreaterThan(2);
    }

    @Test
    void allScenesAreUsedBeforeOneIsRepeated() throws IOException {
        // three steps of four scenes use the twelve scenes of the source
        Phase phase = new Phase(3, List.of(new Size(28, 42)), 4, 4, 4);
        BatchSource source = new BatchSource(List.of(new PhaseData(phase, SCENES)), Augmentation.NONE, 3, 1, 0, false);
        Set<Float> seen = new HashSet<>();
        for (long step = 0; step < 3; step++) {
            for (TrainingScene scene : source.read(step).get(0).scenes()) {
                float sum = 0; // of translations, independent of the order of views
                for (int view = 0; view < 4; view++) {
                    sum += Math.round(1000 * scene.extrinsics()[12 * view + 3]);
                }
                seen.add(sum);
            }
        }
        assertThat(seen).hasSize(12);
    }

    @Test
    void aSizeLimitsTheViews() throws IOException {
        Phase phase = new Phase(40, List.of(new Size(56, 84, 2), new Size(28, 42)), 2, 4, 8);
        BatchSource source = new BatchSource(List.of(new PhaseData(phase, SCENES)), Augmentation.NONE, 3, 1, 0, false);
        Set<List<Integer>> shapes = new HashSet<>();
        for (long step = 0; step < 40; step++) {
            shapes.add(List.of(source.shape(step).rows(), source.shape(step).views()));
        }
        assertThat(shapes).containsExactlyInAnyOrder(List.of(56, 2), List.of(28, 2), List.of(28, 3), List.of(28, 4));
    }

    @Test
    void namesScenesWithTooFewViews() {
        Phase phase = new Phase(1, List.of(new Size(28, 42)), 5, 5, 2);
        BatchSource source = new BatchSource(List.of(new PhaseData(phase, SCENES)), Augmentation.NONE, 3, 1, 0, false);
        assertThatThrownBy(() -> source.read(0))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("plane \\d+ must have at least 5 views, as the phase requires, got 4");
    }

    @Test
    void prefetchReturnsTheStepsInOrder() throws IOException {
        try (Prefetch prefetch = new Prefetch(source(7), 4, 8)) {
            for (long step = 4; step < 8; step++) {
                assertThat(prefetch.next().get(1).images())
                        .isEqualTo(source(7).read(step).get(1).images());
            }
        }
    }

    @Test
    void rejectsSidesThatAreNotMultiplesOfThePatch() {
        assertThatThrownBy(() -> new Size(112, 170))
                .hasMessage("a size must have sides that are multiples of 14 pixels, got 112x170");
    }
}
