package da3.streaming.prior;

import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A reader of the file of {@link PositionPriors#read}. */
final class PositionFile {

    private static final List<String> GEODETIC = List.of("latitude", "longitude", "altitude");
    private static final List<String> CARTESIAN = List.of("x", "y", "z");
    private static final List<String> SIGMAS = List.of("sigma_horizontal", "sigma_vertical");

    private final Path file;
    private final List<String> columns;
    private LocalTangentPlane plane; // of the first position; null before it

    private PositionFile(Path file, List<String> columns) throws IOException {
        this.file = file;
        this.columns = columns;
        boolean complete = columns.contains("time") != columns.contains("frame")
                && columns.containsAll(GEODETIC) != columns.containsAll(CARTESIAN)
                && columns.contains("sigma") != columns.containsAll(SIGMAS);
        if (!complete) {
            throw new IOException(Check.message(
                    "columns of " + file,
                    "time or frame; latitude, longitude and altitude, or x, y and z; and sigma, or "
                            + "sigma_horizontal and sigma_vertical",
                    String.join(", ", columns)));
        }
    }

    /** Reads the positions of a file into {@code values}. */
    static void read(Path path, FrameValues<PositionPrior> values) throws IOException {
        PositionFile file = null;
        int positions = 0;
        List<String> lines =
                Files.readString(path, StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] fields =
                    Arrays.stream(line.split(",", -1)).map(String::strip).toArray(String[]::new);
            if (file == null) {
                file = new PositionFile(path, List.of(fields));
            } else {
                file.accept(fields, "line " + (i + 1) + " of " + path, values);
                positions++;
            }
        }
        if (positions == 0) {
            throw new IOException(path + " contains no positions");
        }
    }

    private void accept(String[] fields, String line, FrameValues<PositionPrior> values) throws IOException {
        if (fields.length != columns.size()) {
            throw new IOException(Check.message(
                    "fields of " + line, columns.size() + " as the columns of the first line", fields.length));
        }
        try {
            PositionPrior prior = prior(fields);
            if (columns.contains("time")) {
                values.add(Check.finite("time", number(fields, "time")), prior);
            } else {
                values.add(fields[columns.indexOf("frame")], prior);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(line + " is no position: " + e.getMessage(), e);
        }
    }

    private PositionPrior prior(String[] fields) {
        boolean one = columns.contains("sigma");
        double horizontal = number(fields, one ? "sigma" : "sigma_horizontal");
        double vertical = number(fields, one ? "sigma" : "sigma_vertical");
        boolean geodetic = columns.containsAll(GEODETIC);
        List<String> names = geodetic ? GEODETIC : CARTESIAN;
        double a = number(fields, names.get(0));
        double b = number(fields, names.get(1));
        double c = number(fields, names.get(2));
        plane = plane == null && geodetic ? new LocalTangentPlane(a, b, c) : plane;
        return new PositionPrior(geodetic ? plane.coordinates(a, b, c) : new Vec3(a, b, c), horizontal, vertical);
    }

    private double number(String[] fields, String column) {
        String text = fields[columns.indexOf(column)];
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw Check.invalid(column, "a number", "'" + text + "'");
        }
    }
}
