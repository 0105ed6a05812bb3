package da3.io;

import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes depth maps as portable float maps: one 32-bit float per pixel, without rounding, little-endian, from the
 * bottom row to the top row.
 *
 * @see <a href="https://www.pauldebevec.com/Research/HDR/PFM/">Portable float map</a>
 */
public final class Pfm {

    private Pfm() {}

    /** Writes {@code depth_pfm/0000.pfm}, {@code 0001.pfm}, ... and returns their paths in the order of the views. */
    public static List<Path> write(Scene scene, Path exportDirectory) throws IOException {
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < scene.views().size(); i++) {
            ScalarMap depth = scene.view(i).depth();
            String name = String.format(Locale.ROOT, "depth_pfm/%04d.pfm", i);
            files.add(directory.write(name, out -> write(depth, out)));
        }
        return files;
    }

    /**
     * Reads a file of one channel and either byte order.
     *
     * @throws IOException if the file is missing, is not such a map or is cut short; the message says what is wrong
     */
    public static ScalarMap read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            if (!word(in).equals("Pf")) {
                throw new IOException(file + " does not begin with 'Pf', so it is not a PFM file with one channel");
            }
            String[] header = {word(in), word(in), word(in)};
            if (!header[0].matches("[1-9][0-9]{0,4}") || !header[1].matches("[1-9][0-9]{0,4}")) {
                throw new IOException(file + " has the size " + header[0] + "x" + header[1]
                        + ", expected two numbers from 1 to 99999");
            }
            int width = Integer.parseInt(header[0]);
            int height = Integer.parseInt(header[1]);
            long pixels = (long) width * height;
            // one whitespace character ends the header; a negative scale means little-endian
            long expected = pixels * Float.BYTES;
            if (expected > Files.size(file)) {
                throw new IOException(file + " has " + Files.size(file) + " bytes; its pixels alone need " + expected);
            }
            ByteBuffer row = ByteBuffer.allocate(Float.BYTES * width)
                    .order(header[2].startsWith("-") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            float[] values = new float[Math.toIntExact(pixels)];
            for (int y = height - 1; y >= 0; y--) {
                if (in.readNBytes(row.array(), 0, row.capacity()) < row.capacity()) {
                    throw new IOException(file + " ends within row " + (height - 1 - y) + " of " + height);
                }
                row.asFloatBuffer().get(values, y * width, width);
            }
            return new ScalarMap(width, height, values);
        }
    }

    /** Returns the characters up to the next blank. */
    private static String word(InputStream in) throws IOException {
        StringBuilder word = new StringBuilder();
        for (int c = in.read(); c > ' ' && word.length() < 100; c = in.read()) {
            word.append((char) c);
        }
        return word.toString();
    }

    private static void write(ScalarMap map, OutputStream out) throws IOException {
        // "Pf" means one channel, a negative scale means little-endian.
        String header = "Pf\n" + map.width() + " " + map.height() + "\n-1.0\n";
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        ByteBuffer row = ByteBuffer.allocate(Float.BYTES * map.width()).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = map.height() - 1; y >= 0; y--) {
            row.asFloatBuffer().put(map.values(), y * map.width(), map.width());
            out.write(row.array());
        }
    }
}
