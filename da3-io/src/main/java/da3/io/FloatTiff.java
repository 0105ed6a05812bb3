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
 * Depth as TIFF files of one float a pixel, exactly as predicted and not compressed.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0</a>
 */
public final class FloatTiff {

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int PIXELS_AT = 136;

    private FloatTiff() {}

    /** Writes {@code depth_tiff/0000.tiff} and so on, and gives their paths in the views' order. */
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

    /** One directory, one strip. The plug-ins' writers have no floats, or copy the picture before. */
    private static void write(ScalarMap map, OutputStream out) throws IOException {
        int[][] entries = {
            {256, LONG, map.width()},
            {257, LONG, map.height()},
            {258, SHORT, Float.SIZE}, // bits per sample
            {259, SHORT, 1}, // not compressed
            {262, SHORT, 1}, // 0 is black
            {273, LONG, PIXELS_AT}, // where the strip begins
            {277, SHORT, 1}, // samples per pixel
            {278, LONG, map.height()}, // rows per strip
            {279, LONG, Math.multiplyExact(Float.BYTES, map.values().length)}, // bytes of the strip
            {339, SHORT, 3}, // IEEE floats
        };
        ByteBuffer header = ByteBuffer.allocate(PIXELS_AT).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
        header.putShort((short) entries.length);
        for (int[] entry : entries) {
            // A short fills the first half of the field, which in this byte order is the number itself.
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
