package da3.io;

import da3.geometry.GaussianCloud;
import da3.geometry.check.Check;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Gaussians from the files of {@link GaussianPly} and of 3D Gaussian splatting trainers: binary little-endian PLY
 * files with {@code vertex} as their only element, whose properties are floats in any order. Unknown properties are
 * ignored. Harmonics have degree 0 to 3.
 */
public final class GaussianPlyReader {

    private static final int MAX_HEADER_LINE = 1000;
    private static final int MAX_HEADER_LINES = 1000;

    private final Path file;
    private final List<String> columns = new ArrayList<>();
    private int size = -1;

    private GaussianPlyReader(Path file) {
        this.file = file;
    }

    /**
     * Reads the Gaussians of a file.
     *
     * @throws IOException if the file is missing, cannot be read or has another format; the message says what is wrong
     */
    public static GaussianCloud read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            GaussianPlyReader reader = new GaussianPlyReader(file);
            reader.readHeader(in);
            return reader.readRows(in, Files.size(file));
        }
    }

    private void readHeader(InputStream in) throws IOException {
        if (!line(in).equals("ply")) {
            throw invalid(Check.message("first line", "'ply'", "another one"));
        }
        for (int lines = 0; lines < MAX_HEADER_LINES; lines++) {
            String line = line(in);
            String[] words = line.split(" +");
            switch (words[0]) {
                case "format" -> {
                    if (!line.startsWith("format binary_little_endian ")) {
                        throw invalid(Check.message("format", "'format binary_little_endian 1.0'", quoted(line)));
                    }
                }
                case "element" -> readElement(line, words);
                case "property" -> {
                    if (words.length != 3 || !words[1].matches("float|float32")) {
                        throw invalid(Check.message("property", "'property float NAME'", quoted(line)));
                    }
                    columns.add(words[2]);
                }
                case "end_header" -> {
                    if (size < 0) {
                        throw invalid("the header has no element 'vertex'");
                    }
                    return;
                }
                case "comment", "obj_info" -> {}
                default -> throw invalid("unknown header line " + quoted(line));
            }
        }
        throw invalid("the header has more than " + MAX_HEADER_LINES + " lines");
    }

    private void readElement(String line, String[] words) throws IOException {
        if (size >= 0 || words.length != 3 || !words[1].equals("vertex") || !words[2].matches("[0-9]{1,9}")) {
            throw invalid(Check.message(
                    "element", "a single 'element vertex NUMBER' with a number up to 999999999", quoted(line)));
        }
        size = Integer.parseInt(words[2]);
    }

    private String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() == MAX_HEADER_LINE) {
                throw invalid("not a PLY file, because its header has no end");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    private GaussianCloud readRows(InputStream in, long fileSize) throws IOException {
        long rest = columns.stream().filter(name -> name.startsWith("f_rest_")).count();
        int degree = degree(rest);
        int each = (degree + 1) * (degree + 1);
        int[] means = find("x", "y", "z");
        int[] constant = numbered("f_dc_", 3);
        int[] others = numbered("f_rest_", (int) rest);
        int[] opacity = find("opacity");
        int[] scales = numbered("scale_", 3);
        int[] rotations = numbered("rot_", 4);
        int maxSize = Integer.MAX_VALUE / Math.max(4, 3 * each); // the values of each kind are in one array
        if (size > maxSize) {
            throw invalid(Check.message("number of Gaussians of degree " + degree, "at most " + maxSize, size));
        }
        int bytes = columns.size() * Float.BYTES;
        if ((long) size * bytes > fileSize) {
            String minBytes = "at least " + (long) size * bytes + " bytes";
            throw invalid(Check.message("size of a file of " + size + " Gaussians", minBytes, fileSize));
        }
        GaussianCloud cloud = new GaussianCloud(
                new float[3 * size],
                new float[3 * size],
                new float[4 * size],
                new float[3 * each * size],
                new float[size],
                degree);
        ByteBuffer row = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            if (in.readNBytes(row.array(), 0, bytes) < bytes) {
                throw invalid("the file ends within Gaussian " + i + " of " + size);
            }
            for (int a = 0; a < 3; a++) {
                cloud.means()[3 * i + a] = value(row, means[a]);
                cloud.scales()[3 * i + a] = (float) Math.exp(value(row, scales[a]));
                cloud.harmonics()[(3 * i + a) * each] = value(row, constant[a]);
                for (int k = 1; k < each; k++) {
                    cloud.harmonics()[(3 * i + a) * each + k] = value(row, others[a * (each - 1) + k - 1]);
                }
            }
            for (int a = 0; a < 4; a++) {
                cloud.rotations()[4 * i + a] = value(row, rotations[a]);
            }
            cloud.opacities()[i] = (float) (1 / (1 + Math.exp(-value(row, opacity[0]))));
        }
        try {
            return cloud.requireValid();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private int degree(long rest) throws IOException {
        for (int degree = 0; degree <= 3; degree++) {
            if (rest == 3L * ((degree + 1) * (degree + 1) - 1)) {
                return degree;
            }
        }
        throw invalid(Check.message("number of f_rest_ columns", "0, 9, 24 or 45 (degrees 0 to 3)", rest));
    }

    private int[] numbered(String prefix, int count) throws IOException {
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = prefix + i;
        }
        return find(names);
    }

    private int[] find(String... names) throws IOException {
        int[] found = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            found[i] = columns.indexOf(names[i]);
            if (found[i] < 0) {
                throw invalid("not a file of Gaussians, because it has no column '" + names[i] + "'");
            }
        }
        return found;
    }

    private static float value(ByteBuffer row, int column) {
        return row.getFloat(column * Float.BYTES);
    }

    private static String quoted(String line) {
        return "'" + line + "'";
    }

    private IOException invalid(String problem) {
        return new IOException(file + ": " + problem);
    }
}
