package da3.io.colmap;

import da3.geometry.Pose;
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
 * The text form: {@code cameras.txt}, {@code images.txt}, {@code points3D.txt}; {@code #} begins a comment. Numbers are
 * written with all their digits, so that text and binary say the same.
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

    /** An image is two lines; the second, its observations, may be empty. */
    static List<ColmapImage> images(Path file) throws IOException {
        List<ColmapImage> images = new ArrayList<>();
        try (Lines lines = new Lines(file)) {
            for (String line = lines.nextEntry(); line != null; line = lines.nextEntry()) {
                Fields fields = lines.fields(line, 10);
                int id = fields.integer(0);
                Pose pose = ColmapFiles.pose(file, id, fields.numbers(1, 4), fields.numbers(5, 3));
                // a name may have blanks in it
                String name = line.split(BLANKS, 10)[9];
                Fields seen = lines.fields(lines.next(), 0);
                if (seen.count() % 3 != 0) {
                    throw new ColmapException(
                            file,
                            "has " + seen.count() + " numbers as observations of image " + id + "; legal: threes");
                }
                int count = seen.count() / 3;
                double[] xy = new double[2 * count];
                long[] points = new long[count];
                for (int i = 0; i < count; i++) {
                    xy[2 * i] = seen.number(3 * i);
                    xy[2 * i + 1] = seen.number(3 * i + 1);
                    points[i] = seen.whole(3 * i + 2);
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
                            "has " + (fields.count() - 8) + " numbers as the track of point " + fields.text(0)
                                    + "; legal: pairs");
                }
                int[] images = new int[(fields.count() - 8) / 2];
                int[] observations = new int[images.length];
                for (int i = 0; i < images.length; i++) {
                    images[i] = fields.integer(8 + 2 * i);
                    observations[i] = fields.integer(9 + 2 * i);
                }
                points.add(new ColmapPoint(
                        fields.whole(0), new Vec3(p[0], p[1], p[2]), rgb, fields.number(7), images, observations));
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

    /** The lines of a file, counted. */
    private static final class Lines implements AutoCloseable {
        private final Path file;
        private final BufferedReader reader;
        private int number;

        Lines(Path file) throws IOException {
            this.file = file;
            reader = Files.newBufferedReader(file);
        }

        /** The next line; an empty one at the end of the file. */
        String next() throws IOException {
            String line = read();
            return line == null ? "" : line;
        }

        /** The next line that says something; null at the end of the file. */
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
                throw new ColmapException(file, "is no text in UTF-8, from about line " + number + " on");
            }
        }

        Fields fields(String line, int least) throws ColmapException {
            String[] fields = line.isEmpty() ? new String[0] : line.split(BLANKS);
            if (fields.length < least) {
                throw new ColmapException(
                        file, "line " + number + " has " + fields.length + " fields; legal: at least " + least);
            }
            return new Fields(file, number, fields);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /** What blanks part on a line. */
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
                throw bad(i, "a number");
            }
        }

        double[] numbers(int from, int count) throws ColmapException {
            double[] numbers = new double[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = number(from + i);
            }
            return numbers;
        }

        long whole(int i) throws ColmapException {
            try {
                // COLMAP writes 2^64 - 1 for no point, or -1
                return texts[i].startsWith("-") ? Long.parseLong(texts[i]) : Long.parseUnsignedLong(texts[i]);
            } catch (NumberFormatException e) {
                throw bad(i, "a whole number");
            }
        }

        int integer(int i) throws ColmapException {
            try {
                return Integer.parseInt(texts[i]);
            } catch (NumberFormatException e) {
                throw bad(i, "a whole number");
            }
        }

        byte channel(int i) throws ColmapException {
            int value = integer(i);
            if (value < 0 || value > 255) {
                throw bad(i, "0 to 255");
            }
            return (byte) value;
        }

        private ColmapException bad(int i, String legal) {
            return new ColmapException(file, "line " + line + " has '" + texts[i] + "'; legal: " + legal);
        }
    }
}
