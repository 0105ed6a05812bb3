package da3.synthetic;

import da3.geometry.Image;
import da3.geometry.View;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Renders an overview image of scenes for visual inspection: one row per scene, with its views and the depth of the
 * first one. Prints the processor time.
 *
 * <pre>
 * java -cp ... da3.synthetic.ContactSheet target/sheet.png ROOM 1 8
 * </pre>
 */
final class ContactSheet {

    private static final int ROWS = 112;
    private static final int COLUMNS = 168;
    private static final int SHOWN = 5;

    private ContactSheet() {}

    public static void main(String[] arguments) throws IOException {
        SceneFamily family = SceneFamily.valueOf(arguments[1]);
        long first = Long.parseLong(arguments[2]);
        int scenes = Integer.parseInt(arguments[3]);
        BufferedImage sheet = new BufferedImage((SHOWN + 1) * COLUMNS, scenes * ROWS, BufferedImage.TYPE_INT_RGB);
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long nanos = clock.getCurrentThreadCpuTime();
        for (int s = 0; s < scenes; s++) {
            RandomScene scene = new SceneGenerator().generate(first + s, family);
            for (int v = 0; v < scene.views(); v++) {
                View view = scene.render(v, ROWS, COLUMNS);
                if (v < SHOWN) {
                    paint(sheet, view.image(), v * COLUMNS, s * ROWS);
                }
                if (v == 0) {
                    paint(sheet, shown(view), SHOWN * COLUMNS, s * ROWS);
                }
            }
        }
        double seconds = (clock.getCurrentThreadCpuTime() - nanos) / 1e9;
        ImageIO.write(sheet, "png", Path.of(arguments[0]).toFile());
        System.out.printf(
                "%s: %.3f s a scene of 8 views, %.0f an hour%n", family, seconds / scenes, 3600 * scenes / seconds);
    }

    private static Image shown(View view) {
        byte[] rgb = new byte[3 * ROWS * COLUMNS];
        float[] depth = view.depth().values();
        double nearest = Double.POSITIVE_INFINITY;
        for (float z : depth) {
            nearest = z > 0 ? Math.min(nearest, z) : nearest;
        }
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (depth[i / 3] == 0 ? 0 : 255 * nearest / depth[i / 3]);
        }
        return new Image(COLUMNS, ROWS, rgb);
    }

    private static void paint(BufferedImage sheet, Image image, int left, int top) {
        for (int y = 0; y < ROWS; y++) {
            for (int x = 0; x < COLUMNS; x++) {
                int rgb = image.channel(x, y, 0) << 16 | image.channel(x, y, 1) << 8 | image.channel(x, y, 2);
                sheet.setRGB(left + x, top + y, rgb);
            }
        }
    }
}
