package da3.io;

import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
