package da3.server.tasks;

import da3.geometry.Camera;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.io.ExportDirectory;
import da3.io.JpegWriter;
import da3.server.tasks.SceneDescription.SceneView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Writes the files that the web viewer draws: the processed image of each view and its maps as raw floats. */
final class ViewerFiles {

    private ViewerFiles() {}

    /**
     * Writes {@code viewer/0000.jpg}, {@code viewer/0000.depth} and so on.
     *
     * @param names names of the input images, one per view
     * @param files other files of the scene, for the description
     * @return description of the scene
     */
    static SceneDescription write(
            String name, Scene scene, List<String> names, SceneFiles files, ExportDirectory results)
            throws IOException {
        List<SceneView> views = new ArrayList<>();
        for (int i = 0; i < scene.views().size(); i++) {
            views.add(write(scene.view(i), i, names.get(i), results));
        }
        return new SceneDescription(name, scene.metric(), views, files);
    }

    private static SceneView write(View view, int index, String name, ExportDirectory results) throws IOException {
        String path = String.format(Locale.ROOT, "viewer/%04d", index);
        results.write(path + ".jpg", out -> JpegWriter.write(view.image(), out));
        results.write(path + ".depth", out -> writeFloats(view.depth(), out));
        if (view.confidence().isPresent()) {
            results.write(
                    path + ".confidence", out -> writeFloats(view.confidence().get(), out));
        }
        return new SceneView(
                index,
                name,
                view.depth().width(),
                view.depth().height(),
                view.camera().map(camera -> numbers(camera.pose().toMatrix3x4())),
                view.camera().map(Camera::intrinsics).map(k -> List.of(k.fx(), k.fy(), k.cx(), k.cy())),
                path + ".jpg",
                path + ".depth",
                view.confidence().map(map -> path + ".confidence"));
    }

    private static void writeFloats(ScalarMap map, OutputStream out) throws IOException {
        ByteBuffer row = ByteBuffer.allocate(Float.BYTES * map.width()).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = 0; y < map.height(); y++) {
            row.asFloatBuffer().put(map.values(), y * map.width(), map.width());
            out.write(row.array());
        }
    }

    private static List<Double> numbers(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
