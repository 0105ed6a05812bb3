package da3.streaming.reference;

import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Consecutive frames of a sequence.
 *
 * @param start first frame
 * @param end frame after the last one
 */
public record FrameRange(int start, int end) {

    public FrameRange {
        Check.atLeast("start of a range of frames", 0, start);
        Check.atLeast("end of a range that starts at " + start, start + 1, end);
    }

    /**
     * Returns overlapping windows that cover a sequence. The last window may be shorter, but is longer than the
     * overlap, unless it is the only one. Source: {@code get_chunk_indices}.
     *
     * @param frames number of frames of the sequence
     * @param size number of frames of a window
     * @param overlap number of frames that neighboring windows share, from 0 to {@code size - 1}
     */
    public static List<FrameRange> windows(int frames, int size, int overlap) {
        Check.positive("number of frames", frames);
        Check.positive("window size", size);
        Check.inRange("overlap", 0, size - 1, overlap);
        List<FrameRange> windows = new ArrayList<>();
        for (int start = 0; start == 0 || start + overlap < frames; start += size - overlap) {
            windows.add(new FrameRange(start, Math.min(start + size, frames)));
        }
        return windows;
    }

    public int length() {
        return end - start;
    }

    public boolean contains(int frame) {
        return start <= frame && frame < end;
    }

    public IntStream frames() {
        return IntStream.range(start, end);
    }

    /**
     * Returns the frames of this range from {@code frame - half} to {@code frame + half - 1}, shifted to stay inside
     * this range, or all frames if there are fewer than {@code 2 half}. Source: {@code get_frame_range}.
     */
    FrameRange around(int frame, int half) {
        if (frame - half < start) {
            return new FrameRange(start, Math.min(end, start + 2 * half));
        }
        if (frame + half > end) {
            return new FrameRange(Math.max(start, end - 2 * half), end);
        }
        return new FrameRange(frame - half, frame + half);
    }

    @Override
    public String toString() {
        return "frames " + start + " to " + (end - 1);
    }
}
