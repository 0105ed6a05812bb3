package da3.streaming.prior;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Measurements of single frames, by time or by the name of the frame. A measurement belongs to the frame of that name, or
 * to the one nearest in time, at most 0.15 s away.
 *
 * @param <T> a measurement
 */
final class FrameValues<T> {

    private final Map<String, List<T>> byName = new HashMap<>();
    private final TreeMap<Double, List<T>> byTime = new TreeMap<>();

    void add(String name, T value) {
        byName.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    void add(double seconds, T value) {
        byTime.computeIfAbsent(seconds, key -> new ArrayList<>()).add(value);
    }

    /** Returns the number of measurements. */
    int size() {
        return byName.values().stream().mapToInt(List::size).sum()
                + byTime.values().stream().mapToInt(List::size).sum();
    }

    /**
     * Returns the measurements of frames.
     *
     * @param seconds time of each frame; of frames at the same time, the first counts
     * @param names name of each frame
     * @param placed combines the number of a frame and a measurement of it
     */
    <P> List<P> place(double[] seconds, List<String> names, BiFunction<Integer, T, P> placed) {
        List<P> all = new ArrayList<>();
        for (int frame = 0; frame < names.size(); frame++) {
            int number = frame;
            byName.getOrDefault(names.get(frame), List.of()).forEach(value -> all.add(placed.apply(number, value)));
        }
        FrameTimes frames = new FrameTimes(seconds);
        byTime.forEach((time, values) ->
                frames.nearest(time).ifPresent(frame -> values.forEach(value -> all.add(placed.apply(frame, value)))));
        return all;
    }
}
