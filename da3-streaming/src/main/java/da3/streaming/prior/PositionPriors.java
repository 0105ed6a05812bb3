package da3.streaming.prior;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Measured positions of cameras, by time or by the name of the frame. A position belongs to one frame: that of its
 * name, or the one nearest in time, at most 0.15 s away.
 */
public final class PositionPriors {

    /** A position of a frame, by the number of the frame in the map. */
    public record Placed(int frame, PositionPrior prior) {}

    private final FrameValues<PositionPrior> values;

    private PositionPriors(FrameValues<PositionPrior> values) {
        this.values = values;
    }

    /**
     * Returns positions by time.
     *
     * @param positions positions by time in seconds
     */
    public static PositionPriors ofTimes(Map<Double, PositionPrior> positions) {
        FrameValues<PositionPrior> values = new FrameValues<>();
        positions.forEach(values::add);
        return new PositionPriors(values);
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
        FrameValues<PositionPrior> values = new FrameValues<>();
        PositionFile.read(file, values);
        return new PositionPriors(values);
    }

    /** Returns the number of positions. */
    public int size() {
        return values.size();
    }

    /**
     * Returns the positions of frames.
     *
     * @param seconds time of each frame; of frames at the same time, the first counts
     * @param names name of each frame
     */
    public List<Placed> place(double[] seconds, List<String> names) {
        return values.place(seconds, names, Placed::new);
    }
}
