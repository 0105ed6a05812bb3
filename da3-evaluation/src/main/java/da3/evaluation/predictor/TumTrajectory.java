package da3.evaluation.predictor;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads camera trajectories in the format of TUM's RGB-D benchmark. */
final class TumTrajectory {

    private static final int NUMBERS = 8; // time, tx, ty, tz, qx, qy, qz, qw

    private TumTrajectory() {}

    /**
     * Returns the poses of a file, world-to-camera, in the order of its lines. Lines that start with # are comments.
     *
     * @throws IOException if the file cannot be read, or a line is not eight numbers with a rotation; the message names it
     */
    static List<Pose> read(Path file) throws IOException {
        List<Pose> poses = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                poses.add(pose(file, number, line.strip()));
            }
        }
        return poses;
    }

    private static Pose pose(Path file, int number, String line) throws IOException {
        String[] fields = line.split("\\s+");
        double[] v = new double[NUMBERS];
        try {
            for (int i = 0; i < NUMBERS && fields.length == NUMBERS; i++) {
                v[i] = Double.parseDouble(fields[i]);
            }
        } catch (NumberFormatException e) {
            throw malformed(file, number, line);
        }
        double norm = Math.sqrt(v[4] * v[4] + v[5] * v[5] + v[6] * v[6] + v[7] * v[7]);
        if (!(norm > 0 && Double.isFinite(norm) && Double.isFinite(v[1] + v[2] + v[3]))) {
            throw malformed(file, number, line);
        }
        Quaternion rotation = new Quaternion(v[4] / norm, v[5] / norm, v[6] / norm, v[7] / norm);
        return new Pose(rotation.toMatrix(), new Vec3(v[1], v[2], v[3])).inverse();
    }

    private static IOException malformed(Path file, int number, String line) {
        return new IOException(
                file + ": " + Check.message("line " + number, "time, tx, ty, tz, qx, qy, qz and qw", line));
    }
}
