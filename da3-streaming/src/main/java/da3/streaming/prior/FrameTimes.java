package da3.streaming.prior;

import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the frame to which a measurement belongs by its time. */
final class FrameTimes {

    /** Maximum difference between the time of a measurement and that of its frame, in seconds. */
    private static final double TOLERANCE = 0.15;

    private final TreeMap<Double, Integer> frames = new TreeMap<>();

    /** @param seconds time of each frame; of frames at the same time, the first counts */
    FrameTimes(double[] seconds) {
        for (int frame = 0; frame < seconds.length; frame++) {
            frames.putIfAbsent(seconds[frame], frame);
        }
    }

    /** Returns the frame nearest in time, or the earlier of two equally near ones; empty if it is too far. */
    Optional<Integer> nearest(double time) {
        return Stream.of(frames.floorEntry(time), frames.ceilingEntry(time))
                .filter(Objects::nonNull)
                .filter(entry -> Math.abs(entry.getKey() - time) <= TOLERANCE)
                .min(Comparator.comparingDouble(entry -> Math.abs(entry.getKey() - time)))
                .map(Map.Entry::getValue);
    }
}
