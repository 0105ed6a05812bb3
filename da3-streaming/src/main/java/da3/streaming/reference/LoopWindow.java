package da3.streaming.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The frames around both ends of a loop, which are predicted together.
 *
 * @param windowA window of the first end
 * @param framesA frames around the first end, within its window
 * @param windowB window of the second end
 * @param framesB frames around the second end, within its window
 */
public record LoopWindow(int windowA, FrameRange framesA, int windowB, FrameRange framesB) {

    /**
     * Returns the frames around each loop, in the order of the loops. The window of a frame is the last one that starts
     * at or before it. Loops with a frame outside all windows are omitted. Source: {@code process_loop_list}.
     *
     * @param windows ordered by start
     * @param half half the number of frames at each end
     */
    public static List<LoopWindow> of(List<FrameRange> windows, List<LoopPair> loops, int half) {
        List<LoopWindow> found = new ArrayList<>();
        for (LoopPair loop : loops) {
            OptionalInt a = window(windows, loop.first());
            OptionalInt b = window(windows, loop.second());
            if (a.isPresent() && b.isPresent()) {
                found.add(new LoopWindow(
                        a.getAsInt(),
                        windows.get(a.getAsInt()).around(loop.first(), half),
                        b.getAsInt(),
                        windows.get(b.getAsInt()).around(loop.second(), half)));
            }
        }
        return found;
    }

    /** Returns the first loop of each ordered pair of different windows. Source: {@code remove_duplicates}. */
    static List<LoopWindow> distinct(List<LoopWindow> loops) {
        Map<List<Integer>, LoopWindow> first = new LinkedHashMap<>();
        for (LoopWindow loop : loops) {
            if (loop.windowA != loop.windowB) {
                first.putIfAbsent(List.of(loop.windowA, loop.windowB), loop);
            }
        }
        return List.copyOf(first.values());
    }

    /** Returns the frames at the first end, then those at the second. */
    int[] frames() {
        return IntStream.concat(framesA.frames(), framesB.frames()).toArray();
    }

    private static OptionalInt window(List<FrameRange> windows, int frame) {
        return IntStream.iterate(windows.size() - 1, i -> i >= 0, i -> i - 1)
                .filter(i -> windows.get(i).start() <= frame)
                .limit(1)
                .filter(i -> windows.get(i).contains(frame))
                .findFirst();
    }
}
