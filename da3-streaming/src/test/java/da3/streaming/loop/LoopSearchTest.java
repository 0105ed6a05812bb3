package da3.streaming.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopSearchTest {

    private static final LoopSearch SEARCH = new LoopSearch(20, 5, 100, 0.5);

    /** A place that is visited three times, with identical frames next to each other as in dense video. */
    @Test
    void everyVisitIsFound() {
        List<float[]> descriptors = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int place = 0; place < 40; place++) {
                descriptors.add(at(place + 0.01 * round));
            }
        }
        List<LoopCandidate> found = SEARCH.find(descriptors);
        assertThat(found).isNotEmpty().allMatch(loop -> (loop.to() - loop.from()) % 40 == 0);
        assertThat(found).anyMatch(loop -> loop.to() >= 80);
        assertThat(found).anyMatch(loop -> loop.to() < 80);
    }

    @Test
    void candidatesAreSpaced() {
        List<float[]> descriptors = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            descriptors.add(at(i % 40));
        }
        List<LoopCandidate> found = SEARCH.find(descriptors);
        for (LoopCandidate a : found) {
            assertThat(found)
                    .filteredOn(b -> Math.abs(a.from() - b.from()) < 5 && Math.abs(a.to() - b.to()) < 5)
                    .containsExactly(a);
        }
        assertThat(found).hasSizeBetween(5, 8);
        assertThat(new LoopSearch(20, 5, 3, 0.5).find(descriptors)).isEqualTo(found.subList(0, 3));
    }

    @Test
    void sequencesWithoutLoops() {
        List<float[]> descriptors = new ArrayList<>();
        assertThat(SEARCH.find(descriptors)).isEmpty();
        for (int i = 0; i < 19; i++) {
            descriptors.add(at(0));
        }
        assertThat(SEARCH.find(descriptors)).isEmpty();
        descriptors.clear();
        for (int i = 0; i < 60; i++) {
            descriptors.add(new float[] {1, 2, 3}); // nothing to tell frames apart by
        }
        assertThat(SEARCH.find(descriptors)).isEmpty();
    }

    /** Returns a descriptor that changes smoothly from place to place. */
    private static float[] at(double place) {
        float[] descriptor = new float[32];
        for (int i = 0; i < descriptor.length; i++) {
            descriptor[i] = (float) Math.cos(0.13 * (i + 1) * place + i * i);
        }
        return descriptor;
    }
}
