package da3.io;

import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A picture a view: the image and, right of it, its depth. After the reference's {@code utils/export/depth_vis.py}. */
public final class DepthVis {

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
            Image picture = sideBySide(scene.view(i), i);
            String name = String.format(Locale.ROOT, "depth_vis/%04d.jpg", i);
            files.add(directory.write(name, out -> JpegWriter.write(picture, out)));
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
        Image picture = sideBySide(scene.view(0), 0);
        return ExportDirectory.open(exportDirectory).write("scene.jpg", out -> JpegWriter.write(picture, out));
    }

    private static Image sideBySide(View view, int index) {
        Image image = view.image();
        Image depth = DepthColorizer.of(view.depth(), ColorMap.SPECTRAL);
        if (image.width() != depth.width() || image.height() != depth.height()) {
            throw new IllegalArgumentException(
                    "view " + index + " has " + image + " but depth of " + depth.width() + "x" + depth.height());
        }
        return image.appendRight(depth);
    }
}
