package da3.streaming.prior;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** A reader of the file of {@link PosePriors#read}. */
final class PosePriorFile {

    /** The fields of a line after its time or name. */
    private static final List<String> FIELDS = List.of(
            "tx",
            "ty",
            "tz",
            "qx",
            "qy",
            "qz",
            "qw",
            "standard deviation of the position",
            "standard deviation of the rotation");

    private final Path file;
    private final FrameValues<PosePrior> values;
    private int firstLine; // number of the first line with a pose; 0 before it
    private boolean timed; // whether the first line with a pose has a time

    PosePriorFile(Path file, FrameValues<PosePrior> values) {
        this.file = file;
        this.values = values;
    }

    void read() throws IOException {
        for (FieldLine line : FieldLine.read(file)) {
            add(line);
        }
        if (firstLine == 0) {
            throw new IOException(file + " contains no poses");
        }
    }

    private void add(FieldLine read) throws IOException {
        String[] fields = read.fields();
        String line = read.of(file);
        if (fields.length != 1 + FIELDS.size()) {
            throw new IOException(Check.message(
                    "fields of " + line,
                    1 + FIELDS.size() + " (time or frame, position, quaternion and two standard deviations)",
                    fields.length));
        }
        OptionalDouble time = number(fields[0]);
        if (firstLine == 0) {
            firstLine = read.number();
            timed = time.isPresent();
        } else if (timed != time.isPresent()) {
            String requirement = timed ? "a time in seconds" : "the name of a frame, which is no number,";
            throw new IOException(Check.message(
                    "first field of " + line, requirement + " as in line " + firstLine, "'" + fields[0] + "'"));
        }
        try {
            PosePrior prior = prior(fields);
            if (timed) {
                values.add(Check.finite("time", time.getAsDouble()), prior);
            } else {
                values.add(fields[0], prior);
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException(line + " is not a pose: " + e.getMessage(), e);
        }
    }

    private static PosePrior prior(String[] fields) {
        double[] v = new double[FIELDS.size()];
        for (int i = 0; i < v.length; i++) {
            String text = fields[1 + i];
            String name = FIELDS.get(i);
            v[i] = number(text).orElseThrow(() -> Check.invalid(name, "a number", "'" + text + "'"));
        }
        Quaternion rotation = new Quaternion(v[3], v[4], v[5], v[6]);
        Pose cameraToWorld = new Pose(rotation.toMatrix(), new Vec3(v[0], v[1], v[2]));
        return new PosePrior(cameraToWorld.inverse(), v[7], v[8]);
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
