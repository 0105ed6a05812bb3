package da3.io;

import da3.geometry.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes processed images, depth, confidence and cameras as a NumPy archive. Source: the reference's
 * {@code utils/export/npz.py}.
 */
public final class Npz {

    private static final int DEPTH_DIGITS = 6;

    private Npz() {}

    /**
     * Writes {@code exports/npz/results.npz} and returns its path: image (N, H, W, 3), sRGB bytes; as float32 depth
     * (N, H, W), rounded to 6 decimal digits, and, if every view has them, conf (N, H, W), rounded to 2 digits,
     * extrinsics (N, 3, 4), world-to-camera, and intrinsics (N, 3, 3) in pixels of the maps.
     *
     * @throws IllegalArgumentException if there are no views or they differ in size
     */
    public static Path write(Scene scene, Path exportDirectory) throws IOException {
        return write(scene, ExportDirectory.open(exportDirectory), "exports/npz/results.npz");
    }

    /**
     * Writes an archive of the same layout to a file.
     *
     * @param directory directory of the file
     * @param relative path of the file within the directory
     * @throws IllegalArgumentException if there are no views or they differ in size
     */
    public static Path write(Scene scene, ExportDirectory directory, String relative) throws IOException {
        Map<String, Npy> arrays = new LinkedHashMap<>();
        arrays.put("image", SceneArrays.images(scene));
        arrays.putAll(SceneArrays.of(scene, DEPTH_DIGITS));
        return directory.write(relative, out -> NpzWriter.write(out, arrays));
    }
}
