package da3.io;

import da3.geometry.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Writes depth, confidence and cameras as a NumPy archive. Source: the reference's {@code utils/export/npz.py}. */
public final class MiniNpz {

    private static final int DEPTH_DIGITS = 8;

    private MiniNpz() {}

    /**
     * Writes {@code exports/mini_npz/results.npz} and returns its path. All arrays are float32: depth (N, H, W),
     * rounded to 8 decimal digits, and, if every view has them, conf (N, H, W), rounded to 2 digits, extrinsics (N, 3,
     * 4), world-to-camera, and intrinsics (N, 3, 3) in pixels of the maps.
     *
     * @throws IllegalArgumentException if there are no views or they differ in size
     */
    public static Path write(Scene scene, Path exportDirectory) throws IOException {
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        Map<String, Npy> arrays = SceneArrays.of(scene, DEPTH_DIGITS);
        return directory.write("exports/mini_npz/results.npz", out -> NpzWriter.write(out, arrays));
    }
}
