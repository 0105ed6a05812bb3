package da3.streaming.loop;

import java.util.Arrays;

/** The most similar frames of each frame, at most a few, from different parts of the sequence. */
final class FrameMatches {

    /** Matches of a frame: a place that is visited often has several. */
    static final int MAX_MATCHES = 4;

    private final int minGap;
    private final int[] frames;
    private final float[] similarities;

    /**
     * Creates an empty set of matches.
     *
     * @param count number of frames
     * @param minGap frames closer than this are in the same part of the sequence
     * @param minSimilarity similarity that a match must exceed
     */
    FrameMatches(int count, int minGap, float minSimilarity) {
        this.minGap = minGap;
        frames = new int[count * MAX_MATCHES];
        similarities = new float[count * MAX_MATCHES];
        Arrays.fill(frames, -1);
        Arrays.fill(similarities, minSimilarity);
    }

    /** Adds a match, if it is better than those in the same part of the sequence and than the worst one. */
    void add(int frame, int match, float similarity) {
        int first = frame * MAX_MATCHES;
        int worst = first;
        for (int m = first; m < first + MAX_MATCHES; m++) {
            if (frames[m] >= 0 && Math.abs(frames[m] - match) < minGap) {
                worst = m;
                break;
            }
            if (similarities[m] < similarities[worst]) {
                worst = m;
            }
        }
        if (similarity > similarities[worst]) {
            frames[worst] = match;
            similarities[worst] = similarity;
        }
    }

    /** Returns a match of a frame; -1 if it has fewer. */
    int match(int frame, int index) {
        return frames[frame * MAX_MATCHES + index];
    }

    float similarity(int frame, int index) {
        return similarities[frame * MAX_MATCHES + index];
    }

    /** Returns whether two frames are matches of each other. */
    boolean mutual(int frame, int other) {
        return matchesNear(frame, other, 0) && matchesNear(other, frame, 0);
    }

    /** Returns whether a frame and two others next to it, three in a row, have matches near another frame. */
    boolean threeInARow(int frame, int other, int tolerance) {
        boolean before = matchesNear(frame - 1, other, tolerance);
        boolean after = matchesNear(frame + 1, other, tolerance);
        return before && after
                || before && matchesNear(frame - 2, other, tolerance)
                || after && matchesNear(frame + 2, other, tolerance);
    }

    /** Returns whether a frame exists and has a match whose number differs from another one by at most a tolerance. */
    private boolean matchesNear(int frame, int other, int tolerance) {
        if (frame < 0 || frame * MAX_MATCHES >= frames.length) {
            return false;
        }
        for (int m = 0; m < MAX_MATCHES; m++) {
            int match = match(frame, m);
            if (match >= 0 && Math.abs(match - other) <= tolerance) {
                return true;
            }
        }
        return false;
    }
}
