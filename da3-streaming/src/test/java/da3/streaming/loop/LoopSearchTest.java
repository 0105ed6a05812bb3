package da3.streaming.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
        List<LoopCandidate> found = find(SEARCH, descriptors);
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
        List<LoopCandidate> found = find(SEARCH, descriptors);
        for (LoopCandidate a : found) {
            assertThat(found)
                    .filteredOn(b -> Math.abs(a.from() - b.from()) < 5 && Math.abs(a.to() - b.to()) < 5)
                    .containsExactly(a);
        }
        assertThat(found).hasSizeBetween(5, 8);
        assertThat(find(new LoopSearch(20, 5, 3, 0.5), descriptors)).isEqualTo(found.subList(0, 3));
    }

    /** A limited number of candidates covers the whole second visit. */
    @Test
    void fewCandidatesAreSpread() {
        List<float[]> descriptors = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            descriptors.add(at(i % 40));
        }
        List<LoopCandidate> found = find(new LoopSearch(20, 5, 2, 0.5), descriptors);
        assertThat(found).hasSize(2);
        assertThat(Math.abs(found.get(0).to() - found.get(1).to())).isGreaterThanOrEqualTo(20);
    }

    /** A single frame that looks like an earlier one is not enough. */
    @Test
    void threeFramesInARowMatch() {
        List<float[]> descriptors = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            descriptors.add(at(0.5 * i));
        }
        descriptors.set(50, at(5));
        assertThat(find(SEARCH, descriptors)).isEmpty();
        descriptors.set(49, at(4.5));
        descriptors.set(51, at(5.5));
        assertThat(find(SEARCH, descriptors)).isNotEmpty().allMatch(loop -> Math.abs(loop.to() - 50) <= 1);
    }

    /** The way back is found, too. */
    @Test
    void reversedVisits() {
        List<float[]> descriptors = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            descriptors.add(at(Math.min(i, 80 - i)));
        }
        assertThat(find(SEARCH, descriptors)).isNotEmpty().allMatch(loop -> loop.from() + loop.to() == 80);
    }

    /** Frames that all look alike show no loops: random pairs are as similar. */
    @Test
    void similarityMustExceedThatOfRandomPairs() {
        List<float[]> descriptors = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            descriptors.add(new float[] {i % 2, 1 - i % 2, 1}); // two kinds of frames
        }
        assertThat(find(SEARCH, descriptors)).isEmpty();
    }

    /** Loops are found, too, where random pairs are often similar because descriptors have few dimensions. */
    @Test
    void descriptorsOfFewDimensions() {
        List<float[]> descriptors = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            double angle = 2 * Math.PI * (i % 40) / 40;
            descriptors.add(new float[] {(float) Math.cos(angle), (float) Math.sin(angle)});
        }
        assertThat(find(SEARCH, descriptors)).isNotEmpty().allMatch(loop -> loop.to() - loop.from() == 40);
    }

    @Test
    void unrelatedPairsDoNotLookAlike() {
        List<float[]> descriptors = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            descriptors.add(at(i % 40));
        }
        assertThat(unrelated(descriptors))
                .hasSize(6)
                .allMatch(pair -> pair.to() - pair.from() >= 20 && pair.similarity() < 0.5);
        assertThat(unrelated(descriptors.subList(0, 20))).isEmpty();
    }

    /** 10,000 frames are compared in seconds, with little memory. */
    @Test
    @Timeout(60)
    void longSequences() {
        List<float[]> descriptors = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            descriptors.add(random(i % 9_000));
        }
        assertThat(find(new LoopSearch(20, 5, 50, 0.5), descriptors))
                .isNotEmpty()
                .allMatch(loop -> loop.to() - loop.from() == 9_000);
    }

    @Test
    void sequencesWithoutLoops() {
        List<float[]> descriptors = new ArrayList<>();
        assertThat(find(SEARCH, descriptors)).isEmpty();
        for (int i = 0; i < 19; i++) {
            descriptors.add(at(0));
        }
        assertThat(find(SEARCH, descriptors)).isEmpty();
        descriptors.clear();
        for (int i = 0; i < 60; i++) {
            descriptors.add(new float[] {1, 2, 3}); // nothing to tell frames apart by
        }
        assertThat(find(SEARCH, descriptors)).isEmpty();
    }

    /** Any similarity is searched in the same way: single matches are left out. */
    @Test
    void otherSimilarities() {
        PairSimilarity second = (i, j) -> j - i == 40 ? 1 : 0;
        assertThat(SEARCH.find(80, second)).isNotEmpty().allMatch(loop -> loop.to() - loop.from() == 40);
        PairSimilarity single = (i, j) -> i == 10 && j == 50 ? 1 : 0;
        assertThat(SEARCH.find(80, single)).isEmpty();
    }

    private static List<LoopCandidate> find(LoopSearch search, List<float[]> descriptors) {
        return search.find(descriptors.size(), new CenteredDescriptors(descriptors));
    }

    private static List<LoopCandidate> unrelated(List<float[]> descriptors) {
        return SEARCH.unrelated(descriptors.size(), new CenteredDescriptors(descriptors), 6);
    }

    private static float[] random(int seed) {
        Random random = new Random(seed);
        float[] descriptor = new float[32];
        for (int i = 0; i < descriptor.length; i++) {
            descriptor[i] = (float) random.nextGaussian();
        }
        return descriptor;
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
