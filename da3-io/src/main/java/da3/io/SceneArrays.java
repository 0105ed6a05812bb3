package da3.io;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.io.internal.Rounding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Converts a scene to the arrays of a NumPy archive; the first axis of each is the view. */
final class SceneArrays {

    private static final int CONFIDENCE_DIGITS = 2;

    private SceneArrays() {}

    /** Returns depth and, if every view has them, confidence and cameras. */
    static Map<String, Npy> of(Scene scene, int depthDigits) {
        requireViews(scene);
        List<ScalarMap> depths = scene.views().stream().map(View::depth).toList();
        Map<String, Npy> arrays = new LinkedHashMap<>();
        arrays.put("depth", stack(depths, depthDigits));
        ofAll(scene, View::confidence).ifPresent(maps -> arrays.put("conf", stack(maps, CONFIDENCE_DIGITS)));
        ofAll(scene, View::camera).ifPresent(cameras -> {
            arrays.put("extrinsics", extrinsics(cameras));
            arrays.put("intrinsics", intrinsics(cameras));
        });
        return arrays;
    }

    /** Returns the processed images as uint8, (views, height, width, 3). */
    static Npy images(Scene scene) {
        requireViews(scene);
        Image first = scene.view(0).image();
        List<byte[]> pixels = new ArrayList<>();
        for (int i = 0; i < scene.views().size(); i++) {
            Image image = scene.view(i).image();
            if (image.width() != first.width() || image.height() != first.height()) {
                throw Check.invalid("image of view " + i, first + " like that of view 0", image);
            }
            pixels.add(image.rgb());
        }
        return Npy.bytes(pixels, pixels.size(), first.height(), first.width(), 3);
    }

    private static void requireViews(Scene scene) {
        if (scene.views().isEmpty()) {
            throw Check.invalid("number of views", "positive", 0);
        }
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
                throw Check.invalid(
                        "map of view " + i,
                        width + "x" + height + " like that of view 0",
                        map.width() + "x" + map.height());
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

    static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
