package da3.io.colmap;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.io.ExportDirectory;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes the text format: {@code cameras.txt}, {@code images.txt} and {@code points3D.txt}. {@code #} begins
 * a comment. Numbers are written with all digits, so that text and binary files contain the same values.
 */
final class ColmapText {

    static final String EXTENSION = ".txt";

    private static final String COMMENT = "#";
    private static final String BLANKS = "\\s+";

    private ColmapText() {}

    static List<ColmapCamera> cameras(Path file) throws IOException {
        List<ColmapCamera> cameras = new ArrayList<>();
        try (Lines lines = new Lines(file)) {
            for (String line = lines.nextEntry(); line != null; line = lines.nextEntry()) {
                Fields fields = lines.fields(line, 4);
                int id = fields.integer(0);
                String name = fields.text(1);
                ColmapCameraModel model =
                        ColmapCameraModel.named(name).orElseThrow(() -> ColmapFiles.unknownModel(file, id, name));
                int width = ColmapFiles.side(file, id, fields.integer(2));
                int height = ColmapFiles.side(file, id, fields.integer(3));
                cameras.add(ColmapFiles.camera(file, id, model, width, height, fields.numbers(4, fields.count() - 4)));
            }
        }
        return cameras;
    }

    /** Reads the images, two lines each; the second contains the observations and may be empty. */
    static List<ColmapImage> images(Path file) throws IOException {
        List<ColmapImage> images = new ArrayList<>();
        try (Lines lines = new Lines(file)) {
            for (String line = lines.nextEntry(); line != null; line = lines.nextEntry()) {
                Fields fields = lines.fields(line, 10);
                int id = fields.integer(0);
                Pose pose = ColmapFiles.pose(file, id, fields.numbers(1, 4), fields.numbers(5, 3));
                // a name can contain blanks
                String name = line.split(BLANKS, 10)[9];
                Fields observed = lines.fields(lines.next(), 0);
                if (observed.count() % 3 != 0) {
                    throw new ColmapException(
                            file,
                            Check.message(
                                    "number of fields of the observations of image " + id,
                                    "a multiple of 3",
                                    observed.count()));
                }
                int count = observed.count() / 3;
                double[] xy = new double[2 * count];
                long[] points = new long[count];
                for (int i = 0; i < count; i++) {
                    xy[2 * i] = observed.number(3 * i);
                    xy[2 * i + 1] = observed.number(3 * i + 1);
                    points[i] = observed.wholeNumber(3 * i + 2);
                }
                images.add(new ColmapImage(id, pose, fields.integer(8), name, xy, points));
            }
        }
        return images;
    }

    static List<ColmapPoint> points(Path file) throws IOException {
        List<ColmapPoint> points = new ArrayList<>();
        try (Lines lines = new Lines(file)) {
            for (String line = lines.nextEntry(); line != null; line = lines.nextEntry()) {
                Fields fields = lines.fields(line, 8);
                double[] p = fields.numbers(1, 3);
                byte[] rgb = {fields.channel(4), fields.channel(5), fields.channel(6)};
                if (fields.count() % 2 != 0) {
                    throw new ColmapException(
                            file,
                            Check.message(
                                    "number of fields of the track of point " + fields.text(0),
                                    "even",
                                    fields.count() - 8));
                }
                int[] images = new int[(fields.count() - 8) / 2];
                int[] observations = new int[images.length];
                for (int i = 0; i < images.length; i++) {
                    images[i] = fields.integer(8 + 2 * i);
                    observations[i] = fields.integer(9 + 2 * i);
                }
                points.add(new ColmapPoint(
                        fields.wholeNumber(0),
                        new Vec3(p[0], p[1], p[2]),
                        rgb,
                        fields.number(7),
                        images,
                        observations));
            }
        }
        return points;
    }

    static ExportDirectory.Content cameras(ColmapModel model) {
        return text(writer -> {
            writer.write("# Camera list with one line of data per camera:\n");
            writer.write("#   CAMERA_ID, MODEL, WIDTH, HEIGHT, PARAMS[]\n");
            writer.write("# Number of cameras: " + model.cameras().size() + "\n");
            for (ColmapCamera camera : model.cameras()) {
                writer.write(camera.id() + " " + camera.model() + " " + camera.width() + " " + camera.height());
                for (double parameter : camera.parameters()) {
                    writer.write(" " + parameter);
                }
                writer.write("\n");
            }
        });
    }

    static ExportDirectory.Content images(ColmapModel model) {
        return text(writer -> {
            writer.write("# Image list with two lines of data per image:\n");
            writer.write("#   IMAGE_ID, QW, QX, QY, QZ, TX, TY, TZ, CAMERA_ID, NAME\n");
            writer.write("#   POINTS2D[] as (X, Y, POINT3D_ID)\n");
            writer.write("# Number of images: " + model.images().size() + "\n");
            for (ColmapImage image : model.images()) {
                Quaternion q = Quaternion.ofMatrix(image.pose().rotation());
                Vec3 t = image.pose().translation();
                writer.write(image.id() + " " + q.w() + " " + q.x() + " " + q.y() + " " + q.z() + " " + t.x() + " "
                        + t.y() + " " + t.z() + " " + image.camera() + " " + image.name() + "\n");
                for (int i = 0; i < image.points().length; i++) {
                    writer.write((i == 0 ? "" : " ") + image.xy()[2 * i] + " " + image.xy()[2 * i + 1] + " "
                            + image.points()[i]);
                }
                writer.write("\n");
            }
        });
    }

    static ExportDirectory.Content points(ColmapModel model) {
        return text(writer -> {
            writer.write("# 3D point list with one line of data per point:\n");
            writer.write("#   POINT3D_ID, X, Y, Z, R, G, B, ERROR, TRACK[] as (IMAGE_ID, POINT2D_IDX)\n");
            writer.write("# Number of points: " + model.points().size() + "\n");
            for (ColmapPoint point : model.points()) {
                Vec3 p = point.position();
                writer.write(point.id() + " " + p.x() + " " + p.y() + " " + p.z());
                for (byte channel : point.rgb()) {
                    writer.write(" " + (channel & 0xff));
                }
                writer.write(" " + point.error());
                for (int i = 0; i < point.images().length; i++) {
                    writer.write(" " + point.images()[i] + " " + point.observations()[i]);
                }
                writer.write("\n");
            }
        });
    }

    @FunctionalInterface
    private interface Text {
        void writeTo(Writer writer) throws IOException;
    }

    private static ExportDirectory.Content text(Text text) {
        return out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            text.writeTo(writer);
            writer.flush();
        };
    }

    /** Reads the lines of a file and counts them. */
    private static final class Lines implements AutoCloseable {
        private final Path file;
        private final BufferedReader reader;
        private int number;

        Lines(Path file) throws IOException {
            this.file = file;
            reader = Files.newBufferedReader(file);
        }

        /** Returns the next line, or an empty one at the end of the file. */
        String next() throws IOException {
            String line = read();
            return line == null ? "" : line;
        }

        /** Returns the next line that is not empty or a comment, or null at the end of the file. */
        String nextEntry() throws IOException {
            for (String line = read(); line != null; line = read()) {
                if (!line.isEmpty() && !line.startsWith(COMMENT)) {
                    return line;
                }
            }
            return null;
        }

        private String read() throws IOException {
            number++;
            try {
                String line = reader.readLine();
                return line == null ? null : line.strip();
            } catch (CharacterCodingException e) {
                throw new ColmapException(file, "not UTF-8 text, near line " + number);
            }
        }

        Fields fields(String line, int minFields) throws ColmapException {
            String[] fields = line.isEmpty() ? new String[0] : line.split(BLANKS);
            if (fields.length < minFields) {
                throw new ColmapException(
                        file, Check.message("fields of line " + number, "at least " + minFields, fields.length));
            }
            return new Fields(file, number, fields);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /** The fields of a line, which blanks separate. */
    private record Fields(Path file, int line, String[] texts) {

        int count() {
            return texts.length;
        }

        String text(int i) {
            return texts[i];
        }

        double number(int i) throws ColmapException {
            try {
                return Double.parseDouble(texts[i]);
            } catch (NumberFormatException e) {
                throw invalid(i, "a number");
            }
        }

        double[] numbers(int from, int count) throws ColmapException {
            double[] numbers = new double[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = number(from + i);
            }
            return numbers;
        }

        long wholeNumber(int i) throws ColmapException {
            try {
                // COLMAP writes 2^64 - 1 or -1 for observations without a point
                return texts[i].startsWith("-") ? Long.parseLong(texts[i]) : Long.parseUnsignedLong(texts[i]);
            } catch (NumberFormatException e) {
                throw invalid(i, "a whole number");
            }
        }

        int integer(int i) throws ColmapException {
            try {
                return Integer.parseInt(texts[i]);
            } catch (NumberFormatException e) {
                throw invalid(i, "a whole number");
            }
        }

        byte channel(int i) throws ColmapException {
            int value = integer(i);
            if (value < 0 || value > 255) {
                throw invalid(i, "from 0 to 255");
            }
            return (byte) value;
        }

        private ColmapException invalid(int i, String requirement) {
            String name = "field " + (i + 1) + " of line " + line;
            return new ColmapException(file, Check.message(name, requirement, "'" + texts[i] + "'"));
        }
    }
}
