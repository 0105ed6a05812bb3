package da3.streaming.prior;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measured positions of cameras, by time or by the name of the frame. A position belongs to one frame: that of its
 * name, or the one nearest in time, at most 0.15 s away.
 */
public final class PositionPriors {

    /** Maximum difference between the time of a position and that of its frame, in seconds. */
    static final double TIME_TOLERANCE = 0.15;

    /** A position of a frame, by the number of the frame in the map. */
    public record Placed(int frame, PositionPrior prior) {}

    private final Map<String, List<PositionPrior>> byName;
    private final TreeMap<Double, List<PositionPrior>> byTime;

    private PositionPriors(Map<String, List<PositionPrior>> byName, TreeMap<Double, List<PositionPrior>> byTime) {
        this.byName = byName;
        this.byTime = byTime;
    }

    /**
     * Returns positions by time.
     *
     * @param positions positions by time in seconds
     */
    public static PositionPriors ofTimes(Map<Double, PositionPrior> positions) {
        TreeMap<Double, List<PositionPrior>> byTime = new TreeMap<>();
        positions.forEach((seconds, prior) -> byTime.put(seconds, List.of(prior)));
        return new PositionPriors(Map.of(), byTime);
    }

    /**
     * Reads a text file of comma-separated values, in meters or in degrees of WGS 84. {@code #} begins a comment. The
     * first line names the columns, in any order:
     *
     * <ul>
     *   <li>{@code time} in seconds or {@code frame}, the name of its file;
     *   <li>{@code latitude}, {@code longitude} in degrees and {@code altitude} in meters above the ellipsoid; or
     *   {@code x},
     *       {@code y} and {@code z};
     *   <li>{@code sigma}, the standard deviation of each coordinate in meters; or {@code sigma_horizontal} and
     *       {@code sigma_vertical}.
     * </ul>
     *
     * <p>Latitudes and longitudes become coordinates to the east, to the north and up from the first position.
     *
     * @throws IOException if the file cannot be read or a line is wrong; the message names the line
     */
    public static PositionPriors read(Path file) throws IOException {
        Map<String, List<PositionPrior>> byName = new HashMap<>();
        TreeMap<Double, List<PositionPrior>> byTime = new TreeMap<>();
        PositionFile.read(
                file,
                (name, prior) ->
                        byName.computeIfAbsent(name, key -> new ArrayList<>()).add(prior),
                (seconds, prior) -> byTime.computeIfAbsent(seconds, key -> new ArrayList<>())
                        .add(prior));
        return new PositionPriors(byName, byTime);
    }

    /** Returns the number of positions. */
    public int size() {
        return byName.values().stream().mapToInt(List::size).sum()
                + byTime.values().stream().mapToInt(List::size).sum();
    }

    /**
     * Returns the positions of frames.
     *
     * @param seconds time of each frame, ascending
     * @param names name of each frame
     */
    public List<Placed> place(double[] seconds, List<String> names) {
        List<Placed> placed = new ArrayList<>();
        for (int frame = 0; frame < names.size(); frame++) {
            int number = frame;
            byName.getOrDefault(names.get(frame), List.of()).forEach(prior -> placed.add(new Placed(number, prior)));
        }
        int frame = 0;
        for (Map.Entry<Double, List<PositionPrior>> entry : byTime.entrySet()) {
            double time = entry.getKey();
            while (frame + 1 < seconds.length
                    && Math.abs(seconds[frame + 1] - time) < Math.abs(seconds[frame] - time)) {
                frame++;
            }
            if (seconds.length > 0 && Math.abs(seconds[frame] - time) <= TIME_TOLERANCE) {
                int number = frame;
                entry.getValue().forEach(prior -> placed.add(new Placed(number, prior)));
            }
        }
        return placed;
    }
}
