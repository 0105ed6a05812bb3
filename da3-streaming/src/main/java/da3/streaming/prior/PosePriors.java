package da3.streaming.prior;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Measured poses of cameras, by time or by the name of the frame. A pose belongs to one frame: that of its name, or the one
 * nearest in time, at most 0.15 s away.
 */
public final class PosePriors {

    /** A pose of a frame, by the number of the frame in the map. */
    public record Placed(int frame, PosePrior prior) {}

    private final FrameValues<PosePrior> values;

    private PosePriors(FrameValues<PosePrior> values) {
        this.values = values;
    }

    /**
     * Returns poses by time.
     *
     * @param poses poses by time in seconds
     */
    public static PosePriors ofTimes(Map<Double, PosePrior> poses) {
        FrameValues<PosePrior> values = new FrameValues<>();
        poses.forEach(values::add);
        return new PosePriors(values);
    }

    /**
     * Reads a text file with a pose in each line, as in the format of the TUM RGB-D benchmark, and its uncertainty: time in
     * seconds or name of the frame, center of the camera (3) in meters, camera-to-world quaternion (x, y, z, w), standard
     * deviation of each coordinate in meters and about each axis in degrees, separated by spaces. All lines have a time, or
     * all have a name; a number is a time. {@code #} begins a comment.
     *
     * @throws IOException if the file cannot be read or a line is wrong; the message names the line
     */
    public static PosePriors read(Path file) throws IOException {
        FrameValues<PosePrior> values = new FrameValues<>();
        new PosePriorFile(file, values).read();
        return new PosePriors(values);
    }

    /** Returns the number of poses. */
    public int size() {
        return values.size();
    }

    /**
     * Returns the poses of frames.
     *
     * @param seconds time of each frame; of frames at the same time, the first counts
     * @param names name of each frame
     */
    public List<Placed> place(double[] seconds, List<String> names) {
        return values.place(seconds, names, Placed::new);
    }
}
