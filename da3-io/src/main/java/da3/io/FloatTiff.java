package da3.io;

import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes depth maps as uncompressed TIFF files with one 32-bit float per pixel, without rounding.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0</a>
 */
public final class FloatTiff {

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int PIXELS_OFFSET = 136;

    private FloatTiff() {}

    /**
     * Writes {@code depth_tiff/0000.tiff}, {@code 0001.tiff}, ... and returns their paths in the order of the views.
     */
    public static List<Path> write(Scene scene, Path exportDirectory) throws IOException {
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < scene.views().size(); i++) {
            ScalarMap depth = scene.view(i).depth();
            String name = String.format(Locale.ROOT, "depth_tiff/%04d.tiff", i);
            files.add(directory.write(name, out -> write(depth, out)));
        }
        return files;
    }

    /** Writes one directory and one strip. The ImageIO writers do not support floats or copy the image first. */
    private static void write(ScalarMap map, OutputStream out) throws IOException {
        int[][] entries = {
            {256, LONG, map.width()},
            {257, LONG, map.height()},
            {258, SHORT, Float.SIZE}, // bits per sample
            {259, SHORT, 1}, // uncompressed
            {262, SHORT, 1}, // 0 is black
            {273, LONG, PIXELS_OFFSET}, // start of the strip
            {277, SHORT, 1}, // samples per pixel
            {278, LONG, map.height()}, // rows per strip
            {279, LONG, Math.multiplyExact(Float.BYTES, map.values().length)}, // bytes of the strip
            {339, SHORT, 3}, // IEEE floats
        };
        ByteBuffer header = ByteBuffer.allocate(PIXELS_OFFSET).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
        header.putShort((short) entries.length);
        for (int[] entry : entries) {
            // In little-endian order a short in the first half of the field equals the int of the same value.
            header.putShort((short) entry[0])
                    .putShort((short) entry[1])
                    .putInt(1)
                    .putInt(entry[2]);
        }
        out.write(header.array());
        ByteBuffer row = ByteBuffer.allocate(Float.BYTES * map.width()).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = 0; y < map.height(); y++) {
            row.asFloatBuffer().put(map.values(), y * map.width(), map.width());
            out.write(row.array());
        }
    }
}
