package da3.streaming.loop;

import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A search for pairs of frames that look alike. Neighbors in time are excluded first, so that they cannot crowd out
 * loops. Each frame of a pair must be the most similar one of the other in its part of the sequence, and more similar
 * than most random pairs are; three frames in a row must have matches in the same part. Of pairs that are close at both
 * ends only the best is kept, so that every visit can be found; pairs that are far from each other come first, so that a
 * limited number covers the sequence.
 *
 * <p>All pairs are compared; memory is proportional to the number of frames.
 *
 * @param minGap minimum difference of the numbers of the frames, at least 1
 * @param spacing pairs whose both ends are closer than this to those of a better pair are left out
 * @param maxCandidates maximum number of candidates
 * @param minSimilarity minimum similarity: the cosine of centered descriptors, or the overlap of frusta
 */
public record LoopSearch(int minGap, int spacing, int maxCandidates, double minSimilarity) {

    /** Frames of a block; the descriptors of two blocks fit into the cache of a core. */
    private static final int BLOCK = 64;

    /** Multiples of the spacing, in the order in which candidates are chosen. */
    private static final int[] SPACINGS = {4, 2, 1};

    /** Number of random pairs that show which similarity means nothing. */
    private static final int RANDOM_PAIRS = 1000;

    /** Fraction of random pairs that a pair must exceed; a few of them show the same surfaces. */
    private static final double RANDOM_FRACTION = 0.95;

    public LoopSearch {
        Check.atLeast("minimum gap of a loop", 1, minGap);
        Check.atLeast("spacing of loops", 1, spacing);
        Check.atLeast("maximum number of loop candidates", 0, maxCandidates);
        Check.inRange("minimum similarity of a loop", -1, 1, minSimilarity);
    }

    /**
     * Returns the candidates, those that are far from each other and most similar first.
     *
     * @param count number of frames
     */
    public List<LoopCandidate> find(int count, PairSimilarity pairs) {
        if (count <= minGap) {
            return List.of();
        }
        double limit = Math.max(minSimilarity, similarityLimit(count, pairs));
        FrameMatches matches = matches(count, pairs, (float) limit);
        List<LoopCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            for (int m = 0; m < FrameMatches.MAX_MATCHES; m++) {
                int j = matches.match(i, m);
                if (j > i && matches.mutual(i, j) && matches.threeInARow(i, j, spacing)) {
                    candidates.add(new LoopCandidate(i, j, matches.similarity(i, m)));
                }
            }
        }
        candidates.sort(Comparator.comparingDouble(LoopCandidate::similarity)
                .reversed()
                .thenComparingInt(LoopCandidate::from)
                .thenComparingInt(LoopCandidate::to));
        return spaced(candidates);
    }

    /**
     * Returns random pairs of frames that do not look alike. What a test of loops finds for them means nothing.
     *
     * @param count number of frames
     * @param maxPairs maximum number of pairs
     */
    public List<LoopCandidate> unrelated(int count, PairSimilarity pairs, int maxPairs) {
        if (count <= minGap) {
            return List.of();
        }
        return randomPairs(count, pairs).stream()
                .filter(pair -> pair.similarity() < minSimilarity)
                .limit(maxPairs)
                .toList();
    }

    /** Returns the similarity that few random pairs exceed. */
    private double similarityLimit(int count, PairSimilarity pairs) {
        double[] similarities = randomPairs(count, pairs).stream()
                .mapToDouble(LoopCandidate::similarity)
                .sorted()
                .toArray();
        return Math.min(1, similarities[(int) (RANDOM_FRACTION * similarities.length)]);
    }

    private List<LoopCandidate> randomPairs(int count, PairSimilarity pairs) {
        Random random = new Random(count);
        List<LoopCandidate> chosen = new ArrayList<>();
        for (int i = 0; i < RANDOM_PAIRS; i++) {
            int from = random.nextInt(count - minGap);
            int to = from + minGap + random.nextInt(count - minGap - from);
            chosen.add(new LoopCandidate(from, to, pairs.of(from, to)));
        }
        return chosen;
    }

    private FrameMatches matches(int count, PairSimilarity pairs, float limit) {
        FrameMatches matches = new FrameMatches(count, minGap, limit);
        for (int rows = 0; rows < count; rows += BLOCK) {
            for (int columns = rows; columns < count; columns += BLOCK) {
                for (int i = rows; i < Math.min(count, rows + BLOCK); i++) {
                    for (int j = Math.max(columns, i + minGap); j < Math.min(count, columns + BLOCK); j++) {
                        float similarity = pairs.of(i, j);
                        if (similarity > limit) {
                            matches.add(i, j, similarity);
                            matches.add(j, i, similarity);
                        }
                    }
                }
            }
        }
        return matches;
    }

    /** @param candidates the most similar first */
    private List<LoopCandidate> spaced(List<LoopCandidate> candidates) {
        List<LoopCandidate> kept = new ArrayList<>();
        for (int multiple : SPACINGS) {
            for (LoopCandidate candidate : candidates) {
                if (kept.size() < maxCandidates && isFar(candidate, kept, multiple * spacing)) {
                    kept.add(candidate);
                }
            }
        }
        return kept;
    }

    private static boolean isFar(LoopCandidate candidate, List<LoopCandidate> others, int distance) {
        return others.stream()
                .noneMatch(other -> Math.abs(other.from() - candidate.from()) < distance
                        && Math.abs(other.to() - candidate.to()) < distance);
    }
}
