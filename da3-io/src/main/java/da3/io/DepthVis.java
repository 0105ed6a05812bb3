package da3.io;

import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes each view's image with its colored depth map to the right. Source: the reference's
 * {@code utils/export/depth_vis.py}.
 */
public final class DepthVis {

    private DepthVis() {}

    /**
     * Writes {@code depth_vis/0000.jpg}, {@code 0001.jpg}, ... and returns their paths in the order of the views.
     *
     * @throws IllegalArgumentException if the image and depth map of a view differ in size
     */
    public static List<Path> write(Scene scene, Path exportDirectory) throws IOException {
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < scene.views().size(); i++) {
            Image panels = sideBySide(scene.view(i), i);
            String name = String.format(Locale.ROOT, "depth_vis/%04d.jpg", i);
            files.add(directory.write(name, out -> JpegWriter.write(panels, out)));
        }
        return files;
    }

    /**
     * Writes the panels of the first view as {@code scene.jpg}, the thumbnail that the reference's gallery shows for
     * {@code scene.glb}, and returns its path.
     *
     * @throws IllegalArgumentException if there are no views, or the image and depth map of the first differ in size
     */
    public static Path writeCover(Scene scene, Path exportDirectory) throws IOException {
        if (scene.views().isEmpty()) {
            throw Check.invalid("number of views", "positive", 0);
        }
        Image panels = sideBySide(scene.view(0), 0);
        return ExportDirectory.open(exportDirectory).write("scene.jpg", out -> JpegWriter.write(panels, out));
    }

    private static Image sideBySide(View view, int index) {
        Image image = view.image();
        Image depth = DepthColorizer.of(view.depth(), ColorMap.SPECTRAL);
        if (image.width() != depth.width() || image.height() != depth.height()) {
            throw Check.invalid(
                    "depth map of view " + index,
                    image.width() + "x" + image.height() + " like its image",
                    depth.width() + "x" + depth.height());
        }
        return image.appendRight(depth);
    }
}
