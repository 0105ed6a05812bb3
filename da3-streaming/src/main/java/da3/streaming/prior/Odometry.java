package da3.streaming.prior;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Measured motions between cameras, for instance of wheels or an inertial sensor, by time. Both times of a motion belong to
 * the frames nearest to them, at most 0.15 s away.
 */
public final class Odometry {

    private static final int FIELDS = 11;

    /**
     * A measured motion.
     *
     * @param fromSeconds time of the first camera
     * @param toSeconds time of the second camera
     * @param motion maps coordinates of the second camera to those of the first one; its translation is the center of the
     *     second camera as the first one sees it, in meters; OpenCV axes
     * @param translationSigma standard deviation of each coordinate in meters, positive
     * @param rotationSigma standard deviation about each axis in degrees, positive
     */
    public record Motion(
            double fromSeconds, double toSeconds, Pose motion, double translationSigma, double rotationSigma) {

        public Motion {
            Check.finite("time of the first camera", fromSeconds);
            Check.finite("time of the second camera", toSeconds);
            motion.requireRigid("measured motion");
            Sigmas.require("standard deviation of translations", translationSigma);
            Sigmas.require("standard deviation of rotations", rotationSigma);
        }
    }

    /** A motion between two different frames, by their numbers in the map. */
    public record Placed(int from, int to, Motion motion) {}

    private final List<Motion> motions;

    private Odometry(List<Motion> motions) {
        this.motions = List.copyOf(motions);
    }

    /** Returns the odometry that consists of motions. */
    public static Odometry of(List<Motion> motions) {
        return new Odometry(motions);
    }

    /**
     * Reads a text file with a motion in each line: times of both cameras in seconds, translation (3) in meters, quaternion
     * (x, y, z, w), standard deviation of the translation in meters and of the rotation in degrees, separated by spaces.
     * {@code #} begins a comment.
     *
     * @throws IOException if the file cannot be read or a line is wrong; the message names the line
     */
    public static Odometry read(Path file) throws IOException {
        List<Motion> motions = new ArrayList<>();
        for (FieldLine line : FieldLine.read(file)) {
            motions.add(motion(line.fields(), line.of(file)));
        }
        if (motions.isEmpty()) {
            throw new IOException(file + " contains no motions");
        }
        return new Odometry(motions);
    }

    private static Motion motion(String[] fields, String line) throws IOException {
        if (fields.length != FIELDS) {
            throw new IOException(Check.message(
                    "fields of " + line,
                    FIELDS + " (two times, translation, quaternion and two standard deviations)",
                    fields.length));
        }
        try {
            double[] v = Arrays.stream(fields).mapToDouble(Double::parseDouble).toArray();
            Quaternion rotation = new Quaternion(v[5], v[6], v[7], v[8]);
            return new Motion(v[0], v[1], new Pose(rotation.toMatrix(), new Vec3(v[2], v[3], v[4])), v[9], v[10]);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException(line + " is not a motion: " + e.getMessage(), e);
        }
    }

    /** Returns the number of motions. */
    public int size() {
        return motions.size();
    }

    /**
     * Returns the motions between different frames.
     *
     * @param seconds time of each frame; of frames at the same time, the first counts
     */
    public List<Placed> place(double[] seconds) {
        FrameTimes frames = new FrameTimes(seconds);
        List<Placed> placed = new ArrayList<>();
        for (Motion motion : motions) {
            Optional<Integer> from = frames.nearest(motion.fromSeconds);
            Optional<Integer> to = frames.nearest(motion.toSeconds);
            if (from.isPresent() && to.isPresent() && !from.equals(to)) {
                placed.add(new Placed(from.get(), to.get(), motion));
            }
        }
        return placed;
    }
}
