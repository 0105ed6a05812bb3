package da3.cli;

import da3.streaming.prior.Measurements;
import da3.streaming.prior.Odometry;
import da3.streaming.prior.PosePriors;
import da3.streaming.prior.PositionPriors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The files of measurements that correct a map of {@link StreamCommand}. */
@HelpGroup.In(HelpGroup.INPUT)
final class MeasurementMixin {

    /** The names of all options. */
    static final List<String> OPTIONS = List.of("--gps", "--pose-priors", "--odometry");

    @Option(
            names = "--gps",
            paramLabel = "FILE",
            description = "Measured positions with standard deviations, which correct the map and determine its world "
                    + "frame and scale. Comma-separated, with a first line that names the columns: time or frame; "
                    + "latitude, longitude and altitude, or x, y and z; and sigma.")
    private Path gps;

    @Option(
            names = "--pose-priors",
            paramLabel = "FILE",
            description =
                    "Measured camera-to-world poses with standard deviations, which correct the map and determine "
                            + "its world frame and scale. A line each: time in seconds or name of the frame, position in meters, "
                            + "quaternion x y z w, standard deviations in meters and degrees.")
    private Path posePriors;

    @Option(
            names = "--odometry",
            paramLabel = "FILE",
            description =
                    "Measured motions between cameras, which correct the map and determine its scale. A line each: "
                            + "two times in seconds, translation in meters and quaternion x y z w of the second camera as the "
                            + "first one sees it, standard deviations in meters and degrees.")
    private Path odometry;

    /**
     * Reads the measurements.
     *
     * @throws IOException if a file cannot be read
     */
    Measurements read() throws IOException {
        return read(gps, posePriors, odometry);
    }

    /** Reads the measurements in files, each of which is null if there is none. */
    static Measurements read(Path gps, Path posePriors, Path odometry) throws IOException {
        return new Measurements(
                gps == null ? Optional.empty() : Optional.of(PositionPriors.read(gps)),
                posePriors == null ? Optional.empty() : Optional.of(PosePriors.read(posePriors)),
                odometry == null ? Optional.empty() : Optional.of(Odometry.read(odometry)));
    }

    /** Returns whether measurements determine the world frame. */
    boolean definesWorld() {
        return gps != null || posePriors != null;
    }

    /**
     * Requires that each file has a measurement of a frame.
     *
     * @param placed the measurements of frames
     * @throws IOException if no measurement in a file belongs to a frame; the message names the file
     */
    void requirePlaced(Measurements.Placed placed) throws IOException {
        if (gps != null && placed.positions().isEmpty()) {
            throw new IOException(
                    "no position in " + gps + " belongs to a frame: names must be those of frames, or times "
                            + "those in trajectory.tum within 0.15 s");
        }
        if (posePriors != null && placed.poses().isEmpty()) {
            throw new IOException(
                    "no pose in " + posePriors + " belongs to a frame: names must be those of frames, or times "
                            + "those in trajectory.tum within 0.15 s");
        }
        if (odometry != null && placed.odometry().isEmpty()) {
            throw new IOException("no motion in " + odometry
                    + " is between frames: times must be those in trajectory.tum within 0.15 s");
        }
    }
}
