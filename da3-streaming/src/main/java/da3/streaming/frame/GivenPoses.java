package da3.streaming.frame;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Known poses of frames, by time or by number. Files contain camera-to-world poses, one a line; {@code #} begins a
 * comment.
 */
public final class GivenPoses {

    /** Maximum difference between the time of a frame and that of its pose, in seconds. */
    private static final double TIME_TOLERANCE = 0.02;

    private static final int TUM_FIELDS = 8;
    private static final int KITTI_FIELDS = 12;

    private final TreeMap<Double, Pose> byTime;
    private final Map<Long, Pose> byNumber;
    private final String description;

    private GivenPoses(TreeMap<Double, Pose> byTime, Map<Long, Pose> byNumber, String description) {
        this.byTime = byTime;
        this.byNumber = byNumber;
        this.description = description;
    }

    /**
     * Returns poses by frame number.
     *
     * @param worldToCamera poses by number of the frame in its source
     */
    public static GivenPoses of(Map<Long, Pose> worldToCamera) {
        worldToCamera.forEach((number, pose) -> pose.requireRigid("the pose of frame " + number));
        StringBuilder text = new StringBuilder();
        new TreeMap<>(worldToCamera)
                .forEach((number, pose) -> text.append(number).append(Arrays.toString(pose.toMatrix3x4())));
        return new GivenPoses(
                new TreeMap<>(),
                Map.copyOf(worldToCamera),
                description(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Reads poses in the format of the TUM RGB-D benchmark ({@code time tx ty tz qx qy qz qw}; the frame nearest in time
     * within 0.02 s has the pose) or of KITTI (twelve row-major entries of [R t]; line n is the pose of frame n).
     *
     * @throws IOException if the file cannot be read or a line is in neither format; the message names the line
     */
    public static GivenPoses read(Path file) throws IOException {
        TreeMap<Double, Pose> byTime = new TreeMap<>();
        Map<Long, Pose> byNumber = new HashMap<>();
        byte[] content = Files.readAllBytes(file);
        List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String name = "line " + (i + 1) + " of " + file;
            double[] values = numbers(line, name);
            try {
                if (values.length == TUM_FIELDS) {
                    byTime.put(values[0], tum(values).requireRigid(name).inverse());
                } else {
                    byNumber.put(
                            (long) byNumber.size(),
                            Pose.ofMatrix(values, 0).requireRigid(name).inverse());
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new IOException(name + " is no pose: " + e.getMessage(), e);
            }
        }
        if (byTime.isEmpty() == byNumber.isEmpty()) {
            throw new IOException(Check.message(
                    "poses in " + file,
                    "lines of 8 numbers (TUM) or lines of 12 numbers (KITTI)",
                    byTime.isEmpty() ? "no lines" : "both"));
        }
        return new GivenPoses(byTime, byNumber, description(content));
    }

    private static String description(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return "poses " + Long.toHexString(crc.getValue());
    }

    private static double[] numbers(String line, String name) throws IOException {
        List<Double> values = new ArrayList<>();
        try {
            Arrays.stream(line.split("[\\s,]+")).forEach(field -> values.add(Double.valueOf(field)));
        } catch (NumberFormatException e) {
            throw new IOException(Check.message(name, "numbers", "'" + line + "'"), e);
        }
        if (values.size() != TUM_FIELDS && values.size() != KITTI_FIELDS) {
            throw new IOException(Check.message(
                    "fields of " + name, TUM_FIELDS + " (TUM) or " + KITTI_FIELDS + " (KITTI)", values.size()));
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Pose tum(double[] v) {
        return new Pose(new Quaternion(v[4], v[5], v[6], v[7]).toMatrix(), new Vec3(v[1], v[2], v[3]));
    }

    /** Returns the world-to-camera pose of a frame, if it is given. */
    Optional<Pose> of(long number, double seconds) {
        if (byTime.isEmpty()) {
            return Optional.ofNullable(byNumber.get(number));
        }
        Double before = byTime.floorKey(seconds);
        Double after = byTime.ceilingKey(seconds);
        Double nearest = before == null || after != null && after - seconds < seconds - before ? after : before;
        return nearest != null && Math.abs(nearest - seconds) <= TIME_TOLERANCE
                ? Optional.of(byTime.get(nearest))
                : Optional.empty();
    }

    String description() {
        return description;
    }
}
