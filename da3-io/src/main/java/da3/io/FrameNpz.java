package da3.io;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes one frame of a sequence as a NumPy archive. Source: {@code save_depth_conf_result} of the reference's
 * {@code da3_streaming}.
 */
public final class FrameNpz {

    private FrameNpz() {}

    /**
     * Writes an archive and returns its path: image (H, W, 3), sRGB bytes; as float32 and not rounded depth (H, W)
     * and, if the view has them, conf (H, W) and intrinsics (3, 3) in pixels of the maps.
     *
     * @param relative path within the directory, for instance {@code results_output/frame_0.npz}
     * @throws IllegalArgumentException if image and maps differ in size
     * @throws IOException if the file cannot be written; the message says why
     */
    public static Path write(View view, ExportDirectory directory, String relative) throws IOException {
        view.requireOneSize("the frame of " + relative);
        Image image = view.image();
        Map<String, Npy> arrays = new LinkedHashMap<>();
        arrays.put("image", Npy.bytes(image.rgb(), image.height(), image.width(), 3));
        arrays.put("depth", array(view.depth()));
        view.confidence().ifPresent(confidence -> arrays.put("conf", array(confidence)));
        view.camera()
                .map(Camera::intrinsics)
                .ifPresent(k -> arrays.put(
                        "intrinsics", Npy.floats(SceneArrays.toFloats(k.matrix().toArray()), 3, 3)));
        return directory.write(relative, out -> NpzWriter.write(out, arrays));
    }

    private static Npy array(ScalarMap map) {
        return Npy.floats(map.values(), map.height(), map.width());
    }
}
