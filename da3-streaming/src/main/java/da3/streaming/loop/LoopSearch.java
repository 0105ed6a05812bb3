package da3.streaming.loop;

import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds pairs of frames that look alike. Neighbors in time are excluded first, so that they cannot crowd out loops; a
 * pair counts if each of its frames is the most similar one of the other; and of pairs that are close at both ends only
 * the best is kept, so that every visit of a known place can be found.
 *
 * @param minGap minimum difference of the numbers of the frames, at least 1
 * @param spacing pairs whose both ends are closer than this to those of a better pair are left out
 * @param maxCandidates maximum number of candidates, best first
 * @param minSimilarity minimum similarity; that of descriptors is the cosine after centering
 */
public record LoopSearch(int minGap, int spacing, int maxCandidates, double minSimilarity) {

    /** Squared relative difference from the mean that rounding can cause. */
    private static final double ROUNDING = 1e-12;

    public LoopSearch {
        Check.atLeast("minimum gap of a loop", 1, minGap);
        Check.atLeast("spacing of loops", 1, spacing);
        Check.atLeast("maximum number of loop candidates", 0, maxCandidates);
        Check.inRange("minimum similarity of a loop", -1, 1, minSimilarity);
    }

    /**
     * Returns the candidates, the most similar first.
     *
     * @param descriptors one for each frame, all of the same length
     */
    public List<LoopCandidate> find(List<float[]> descriptors) {
        float[][] centered = centered(descriptors);
        return find(centered.length, (i, j) -> dot(centered[i], centered[j]));
    }

    /**
     * Returns the candidates, the most similar first.
     *
     * @param n number of frames
     */
    public List<LoopCandidate> find(int n, PairSimilarity pairs) {
        int[] best = new int[n];
        float[] similarity = new float[n];
        Arrays.fill(best, -1);
        Arrays.fill(similarity, (float) minSimilarity);
        for (int i = 0; i < n; i++) {
            for (int j = i + minGap; j < n; j++) {
                float s = pairs.of(i, j);
                if (s > similarity[i]) {
                    similarity[i] = s;
                    best[i] = j;
                }
                if (s > similarity[j]) {
                    similarity[j] = s;
                    best[j] = i;
                }
            }
        }
        List<LoopCandidate> mutual = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (best[i] > i && best[best[i]] == i) {
                mutual.add(new LoopCandidate(i, best[i], similarity[i]));
            }
        }
        mutual.sort(
                Comparator.comparingDouble(LoopCandidate::similarity).reversed().thenComparingInt(LoopCandidate::from));
        return spaced(mutual);
    }

    private List<LoopCandidate> spaced(List<LoopCandidate> candidates) {
        List<LoopCandidate> kept = new ArrayList<>();
        for (LoopCandidate candidate : candidates) {
            boolean close = kept.stream()
                    .anyMatch(better -> Math.abs(better.from() - candidate.from()) < spacing
                            && Math.abs(better.to() - candidate.to()) < spacing);
            if (!close && kept.size() < maxCandidates) {
                kept.add(candidate);
            }
        }
        return kept;
    }

    /** Returns unit vectors of the differences from the mean, or 0 where there is no difference. */
    private static float[][] centered(List<float[]> descriptors) {
        int n = descriptors.size();
        int channels = n == 0 ? 0 : descriptors.get(0).length;
        double[] mean = new double[channels];
        for (float[] descriptor : descriptors) {
            for (int c = 0; c < channels; c++) {
                mean[c] += descriptor[c];
            }
        }
        for (int c = 0; c < channels; c++) {
            mean[c] /= n;
        }
        float[][] centered = new float[n][channels];
        for (int i = 0; i < n; i++) {
            double square = 0;
            double length = 0;
            for (int c = 0; c < channels; c++) {
                double difference = descriptors.get(i)[c] - mean[c];
                square += difference * difference;
                length += mean[c] * mean[c];
            }
            double scale = square > ROUNDING * length ? 1 / Math.sqrt(square) : 0;
            for (int c = 0; c < channels; c++) {
                centered[i][c] = (float) ((descriptors.get(i)[c] - mean[c]) * scale);
            }
        }
        return centered;
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int c = 0; c < a.length; c++) {
            sum += a[c] * b[c];
        }
        return sum;
    }
}
