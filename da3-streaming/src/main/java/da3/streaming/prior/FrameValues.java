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

    /** Maximum difference between the time of a measurement and that of its frame, in seconds. */
    static final double TIME_TOLERANCE = 0.15;

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
     * @param seconds time of each frame, ascending
     * @param names name of each frame
     * @param placed combines the number of a frame and a measurement of it
     */
    <P> List<P> place(double[] seconds, List<String> names, BiFunction<Integer, T, P> placed) {
        List<P> all = new ArrayList<>();
        for (int frame = 0; frame < names.size(); frame++) {
            int number = frame;
            byName.getOrDefault(names.get(frame), List.of()).forEach(value -> all.add(placed.apply(number, value)));
        }
        int frame = 0;
        for (Map.Entry<Double, List<T>> entry : byTime.entrySet()) {
            double time = entry.getKey();
            while (frame + 1 < seconds.length
                    && Math.abs(seconds[frame + 1] - time) < Math.abs(seconds[frame] - time)) {
                frame++;
            }
            if (seconds.length > 0 && Math.abs(seconds[frame] - time) <= TIME_TOLERANCE) {
                int number = frame;
                entry.getValue().forEach(value -> all.add(placed.apply(number, value)));
            }
        }
        return all;
    }
}
