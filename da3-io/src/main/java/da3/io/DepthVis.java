package da3.io;

import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.View;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture a view: the image and, right of it, its depth. After the reference's {@code utils/export/depth_vis.py}. */
public final class DepthVis {

    private static final float JPEG_QUALITY = 0.95f;

    private DepthVis() {}

    /**
     * Writes {@code depth_vis/0000.jpg} and so on, and gives their paths in the views' order.
     *
     * @throws IllegalArgumentException if a view's image and depth differ in size
     */
    public static List<Path> write(Scene scene, Path exportDirectory) throws IOException {
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < scene.views().size(); i++) {
            BufferedImage picture = sideBySide(scene.view(i), i);
            String name = String.format(Locale.ROOT, "depth_vis/%04d.jpg", i);
            files.add(directory.write(name, out -> writeJpeg(picture, out)));
        }
        return files;
    }

    /**
     * Writes the first view's picture as {@code scene.jpg}, what the reference's gallery shows for {@code scene.glb}, and
     * gives its path.
     *
     * @throws IllegalArgumentException if there is no view, or the first one's image and depth differ in size
     */
    public static Path writeCover(Scene scene, Path exportDirectory) throws IOException {
        if (scene.views().isEmpty()) {
            throw new IllegalArgumentException("scene has no views; legal: at least 1");
        }
        BufferedImage picture = sideBySide(scene.view(0), 0);
        return ExportDirectory.open(exportDirectory).write("scene.jpg", out -> writeJpeg(picture, out));
    }

    private static BufferedImage sideBySide(View view, int index) {
        Image image = view.image();
        Image depth = DepthPicture.of(view.depth(), ColourMap.SPECTRAL);
        if (image.width() != depth.width() || image.height() != depth.height()) {
            throw new IllegalArgumentException(
                    "view " + index + " has " + image + " but depth of " + depth.width() + "x" + depth.height());
        }
        BufferedImage picture = new BufferedImage(2 * image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        paint(image, picture, 0);
        paint(depth, picture, image.width());
        return picture;
    }

    private static void paint(Image from, BufferedImage into, int left) {
        for (int y = 0; y < from.height(); y++) {
            for (int x = 0; x < from.width(); x++) {
                into.setRGB(
                        left + x, y, from.channel(x, y, 0) << 16 | from.channel(x, y, 1) << 8 | from.channel(x, y, 2));
            }
        }
    }

    private static void writeJpeg(BufferedImage picture, OutputStream out) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(JPEG_QUALITY);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
    }
}
