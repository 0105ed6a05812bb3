package da3.nn.nd4j.scene;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Converts predictions to ND4J arrays, and arrays to images, maps and cameras. Arrays are copies in C order.
 *
 * <p>All views of a scene must have the same size, which they have unless images are independent or at their native size.
 */
public final class Nd4jScenes {

    private static final int CHANNELS = 3;
    private static final float MAX_CHANNEL = 255;

    private Nd4jScenes() {}

    /** Returns the images of a scene, (views, height, width, 3), float32 from 0 to 1. */
    public static INDArray images(Scene scene) {
        return images(scene.views().stream().map(View::image).toList());
    }

    /** Returns images of equal size, (images, height, width, 3), float32 from 0 to 1. */
    public static INDArray images(List<Image> images) {
        Image first = images.get(0);
        int size = first.rgb().length;
        float[] values = new float[images.size() * size];
        for (int v = 0; v < images.size(); v++) {
            Image image = images.get(v);
            requireSize(image.width(), image.height(), first.width(), first.height());
            for (int i = 0; i < size; i++) {
                values[v * size + i] = (image.rgb()[i] & 0xff) / MAX_CHANNEL;
            }
        }
        return array(values, images.size(), first.height(), first.width(), CHANNELS);
    }

    /** Returns the depth of a scene, (views, height, width), float32 in the unit of the scene. */
    public static INDArray depth(Scene scene) {
        return maps(scene.views().stream().map(View::depth).toList());
    }

    /** Returns the confidence maps of a scene as a float32 array (views, height, width); empty if a view has none. */
    public static Optional<INDArray> confidence(Scene scene) {
        List<ScalarMap> maps = scene.views().stream()
                .flatMap(view -> view.confidence().stream())
                .toList();
        return maps.size() == scene.views().size() ? Optional.of(maps(maps)) : Optional.empty();
    }

    /** Returns maps of equal size, (maps, height, width), float32. */
    public static INDArray maps(List<ScalarMap> maps) {
        ScalarMap first = maps.get(0);
        int size = first.values().length;
        float[] values = new float[maps.size() * size];
        for (int v = 0; v < maps.size(); v++) {
            requireSize(maps.get(v).width(), maps.get(v).height(), first.width(), first.height());
            System.arraycopy(maps.get(v).values(), 0, values, v * size, size);
        }
        return array(values, maps.size(), first.height(), first.width());
    }

    /** Returns world-to-camera matrices with OpenCV axes, (cameras, 3, 4), float64. */
    public static INDArray extrinsics(List<Camera> cameras) {
        double[] values = cameras.stream()
                .flatMapToDouble(camera -> Arrays.stream(camera.pose().toMatrix3x4()))
                .toArray();
        return Nd4j.createFromArray(values).reshape('c', cameras.size(), 3, 4);
    }

    /** Returns intrinsic matrices in pixels, (cameras, 3, 3), float64. */
    public static INDArray intrinsics(List<Camera> cameras) {
        double[] values = cameras.stream()
                .flatMapToDouble(
                        camera -> Arrays.stream(camera.intrinsics().matrix().toArray()))
                .toArray();
        return Nd4j.createFromArray(values).reshape('c', cameras.size(), 3, 3);
    }

    /**
     * Returns features of a prediction, the tokens of one block, (views, rows, columns, channels), float32.
     *
     * @param features features of one layer, row-major
     * @param rows height of the processed images divided by the patch size of 14
     * @param columns width of the processed images divided by the patch size of 14
     * @throws IllegalArgumentException if the number of values is not a multiple of the number of tokens
     */
    public static INDArray features(float[] features, int views, int rows, int columns) {
        int tokens = Check.positive("number of tokens", views * rows * columns);
        if (features.length % tokens != 0) {
            throw Check.invalid(
                    "number of values", "a multiple of " + tokens + ", the number of tokens", features.length);
        }
        return array(features, views, rows, columns, features.length / tokens);
    }

    /**
     * Returns images for a request.
     *
     * @param images (images, height, width, 3), from 0 to 1; values outside are clamped
     */
    public static List<Image> toImages(INDArray images) {
        requireShape("images", images, -1, -1, -1, CHANNELS);
        int height = (int) images.size(1);
        int width = (int) images.size(2);
        float[] values = values(images);
        List<Image> result = new ArrayList<>();
        int size = height * width * CHANNELS;
        for (int v = 0; v < images.size(0); v++) {
            byte[] rgb = new byte[size];
            for (int i = 0; i < size; i++) {
                rgb[i] = (byte) Math.round(MAX_CHANNEL * Math.max(0, Math.min(1, values[v * size + i])));
            }
            result.add(new Image(width, height, rgb));
        }
        return result;
    }

    /** Returns the maps of an array, (maps, height, width). */
    public static List<ScalarMap> toMaps(INDArray maps) {
        requireShape("maps", maps, -1, -1, -1);
        int height = (int) maps.size(1);
        int width = (int) maps.size(2);
        float[] values = values(maps);
        List<ScalarMap> result = new ArrayList<>();
        for (int v = 0; v < maps.size(0); v++) {
            result.add(new ScalarMap(
                    width, height, Arrays.copyOfRange(values, v * height * width, (v + 1) * height * width)));
        }
        return result;
    }

    /** Returns the poses of world-to-camera matrices, (poses, 3, 4). */
    public static List<Pose> toPoses(INDArray extrinsics) {
        requireShape("extrinsics", extrinsics, -1, 3, 4);
        double[] values = doubles(extrinsics);
        List<Pose> poses = new ArrayList<>();
        for (int v = 0; v < extrinsics.size(0); v++) {
            poses.add(Pose.ofMatrix(values, 12 * v));
        }
        return poses;
    }

    /** Returns the intrinsics of matrices in pixels, (cameras, 3, 3). */
    public static List<Intrinsics> toIntrinsics(INDArray matrices) {
        requireShape("intrinsics", matrices, -1, 3, 3);
        double[] values = doubles(matrices);
        List<Intrinsics> intrinsics = new ArrayList<>();
        for (int v = 0; v < matrices.size(0); v++) {
            intrinsics.add(Intrinsics.ofMatrix(values, 9 * v));
        }
        return intrinsics;
    }

    /** Returns the values of an array in C order, whatever its type and layout. */
    public static float[] values(INDArray array) {
        return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
    }

    private static double[] doubles(INDArray array) {
        return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }

    private static INDArray array(float[] values, long... shape) {
        return Nd4j.createFromArray(values).reshape('c', shape);
    }

    private static void requireSize(int width, int height, int firstWidth, int firstHeight) {
        if (width != firstWidth || height != firstHeight) {
            throw Check.invalid(
                    "size of all views", "that of the first, " + firstWidth + "x" + firstHeight, width + "x" + height);
        }
    }

    /** @param shape required lengths, -1 for any */
    private static void requireShape(String name, INDArray array, long... shape) {
        boolean valid = array.rank() == shape.length;
        for (int i = 0; valid && i < shape.length; i++) {
            valid = shape[i] < 0 || shape[i] == array.size(i);
        }
        if (!valid) {
            throw Check.invalid(
                    "shape of " + name, Arrays.toString(shape).replace("-1", "any"), Arrays.toString(array.shape()));
        }
    }
}
