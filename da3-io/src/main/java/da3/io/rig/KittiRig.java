package da3.io.rig;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.lens.Pinhole;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.Angles;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * KITTI's calibrations: 3x4 projections {@code P = K [I | t]} of rectified cameras, all with the axes of camera 0. The
 * translation of a camera is {@code K^-1} times the fourth column, so along x it is that entry divided by fx.
 */
final class KittiRig {

    /** {@code P0:} in {@code calib.txt}, {@code P_rect_00:} in {@code calib_cam_to_cam.txt}. */
    private static final Pattern PROJECTION = Pattern.compile("P(?:_rect_)?(\\d+):\\s*(.*)");

    private static final Pattern SIZE = Pattern.compile("S_rect_(\\d+):\\s*(.*)");

    /** Maximum angle in degrees between cameras that count as parallel. */
    private static final double PARALLEL = 1e-6;

    private KittiRig() {}

    static Rig read(Path file) throws IOException {
        Map<String, double[]> projections = new LinkedHashMap<>();
        Map<String, double[]> sizes = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            Matcher projection = PROJECTION.matcher(line.strip());
            Matcher size = SIZE.matcher(line.strip());
            if (projection.matches()) {
                projections.put(projection.group(1), numbers(file, projection.group(2), 12));
            } else if (size.matches()) {
                sizes.put(size.group(1), numbers(file, size.group(2), 2));
            }
        }
        if (projections.isEmpty()) {
            throw new RigFormatException(file, "no line such as 'P0: ' with a projection");
        }
        List<RigCamera> cameras = new ArrayList<>();
        try {
            projections.forEach((number, p) -> cameras.add(camera(number, p, Optional.ofNullable(sizes.get(number)))));
            return new Rig(cameras);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new RigFormatException(file, e.getMessage(), e);
        }
    }

    private static RigCamera camera(String number, double[] p, Optional<double[]> size) {
        String name = "image_" + number;
        Mat3 k = new Mat3(p[0], p[1], p[2], p[4], p[5], p[6], p[8], p[9], p[10]);
        if (p[1] != 0 || p[4] != 0) {
            throw Check.invalid("skew of camera " + number, "0", p[1] + " and " + p[4]);
        }
        Vec3 translation = k.inverse().times(new Vec3(p[3], p[7], p[11]));
        return new RigCamera(
                name,
                new Pose(Mat3.IDENTITY, translation),
                new Pinhole(OpenCvLens.intrinsics(p[0], p[5], p[2], p[6])),
                size.map(s -> OpenCvLens.size(name, s)));
    }

    private static double[] numbers(Path file, String text, int count) throws RigFormatException {
        String[] fields = text.strip().split("\\s+");
        if (fields.length != count) {
            throw new RigFormatException(
                    file, Check.message("number of values", "" + count, fields.length + " in '" + text + "'"));
        }
        try {
            return Arrays.stream(fields).mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException e) {
            throw new RigFormatException(file, Check.message("values", "numbers", "'" + text + "'"), e);
        }
    }

    /**
     * Returns the text of a rig whose cameras are parallel, in the frame of the first one.
     *
     * @throws IllegalArgumentException if they are not parallel or not pinhole cameras, or names are not {@code image_0},
     *     {@code image_1} and so on
     */
    static String text(Rig rig) {
        Pose first = rig.cameras().get(0).sensorFromRig();
        StringBuilder lines = new StringBuilder();
        for (RigCamera camera : rig.inFrame(first).cameras()) {
            double angle = Angles.of(camera.sensorFromRig().rotation());
            if (angle > PARALLEL) {
                throw Check.invalid(
                        "camera " + camera.name() + " in KITTI's format",
                        "parallel to the first one",
                        angle + " degrees");
            }
            if (!camera.name().matches("image_\\d+")) {
                throw Check.invalid("name of a camera in KITTI's format", "image_0, image_1, ...", camera.name());
            }
            String number = camera.name().substring("image_".length());
            Intrinsics intrinsics = OpenCvLens.pinhole(camera, "KITTI's format");
            double[] k = OpenCvLens.values(intrinsics);
            Vec3 t = camera.sensorFromRig().translation();
            double[] p = {
                k[0], 0, k[2], k[0] * t.x() + k[2] * t.z(), 0, k[1], k[3], k[1] * t.y() + k[3] * t.z(), 0, 0, 1, t.z()
            };
            camera.size()
                    .ifPresent(size ->
                            lines.append("S_rect_" + number + ": " + size.width() + " " + size.height() + "\n"));
            lines.append(camera.size().isPresent() ? "P_rect_" : "P")
                    .append(number)
                    .append(":");
            for (double value : p) {
                lines.append(' ').append(value);
            }
            lines.append("\n");
        }
        return lines.toString();
    }
}
