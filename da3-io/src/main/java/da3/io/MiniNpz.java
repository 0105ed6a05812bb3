package da3.io;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Depth, confidence and cameras as a NumPy archive, after the reference's {@code utils/export/npz.py}. */
public final class MiniNpz {

    private static final int DEPTH_DIGITS = 8;
    private static final int CONFIDENCE_DIGITS = 2;

    private MiniNpz() {}

    /**
     * Writes {@code exports/mini_npz/results.npz} and gives its path. All arrays are float32: depth (N, H, W) to 8
     * digits; where every view has them, conf (N, H, W) to 2 digits, extrinsics (N, 3, 4) world-to-camera, and
     * intrinsics (N, 3, 3) in pixels of the maps.
     *
     * @throws IllegalArgumentException if there is no view, or views differ in size
     */
    public static Path write(Scene scene, Path exportDirectory) throws IOException {
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        Map<String, Npy> arrays = arrays(scene);
        return directory.write("exports/mini_npz/results.npz", out -> NpzWriter.write(out, arrays));
    }

    private static Map<String, Npy> arrays(Scene scene) {
        if (scene.views().isEmpty()) {
            throw new IllegalArgumentException("scene has no views; legal: at least 1");
        }
        List<ScalarMap> depths = scene.views().stream().map(View::depth).toList();
        Map<String, Npy> arrays = new LinkedHashMap<>();
        arrays.put("depth", stack(depths, DEPTH_DIGITS));
        ofAll(scene, View::confidence).ifPresent(maps -> arrays.put("conf", stack(maps, CONFIDENCE_DIGITS)));
        ofAll(scene, View::camera).ifPresent(cameras -> {
            arrays.put("extrinsics", extrinsics(cameras));
            arrays.put("intrinsics", intrinsics(cameras));
        });
        return arrays;
    }

    private static <T> Optional<List<T>> ofAll(Scene scene, Function<View, Optional<T>> part) {
        List<T> parts =
                scene.views().stream().map(part).flatMap(Optional::stream).toList();
        return parts.size() == scene.views().size() ? Optional.of(parts) : Optional.empty();
    }

    private static Npy stack(List<ScalarMap> maps, int digits) {
        int width = maps.get(0).width();
        int height = maps.get(0).height();
        List<float[]> rounded = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            ScalarMap map = maps.get(i);
            if (map.width() != width || map.height() != height) {
                throw new IllegalArgumentException("view " + i + " has a map of " + map.width() + "x" + map.height()
                        + "; legal: " + width + "x" + height + " as view 0");
            }
            rounded.add(Rounding.toDigits(map.values(), digits));
        }
        return Npy.floats(rounded, maps.size(), height, width);
    }

    private static Npy extrinsics(List<Camera> cameras) {
        List<float[]> matrices = cameras.stream()
                .map(camera -> toFloats(camera.pose().toMatrix3x4()))
                .toList();
        return Npy.floats(matrices, cameras.size(), 3, 4);
    }

    private static Npy intrinsics(List<Camera> cameras) {
        List<float[]> matrices = cameras.stream()
                .map(Camera::intrinsics)
                .map(Intrinsics::matrix)
                .map(matrix -> toFloats(matrix.toArray()))
                .toList();
        return Npy.floats(matrices, cameras.size(), 3, 3);
    }

    private static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
