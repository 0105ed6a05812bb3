package da3.evaluation.suite.dataset;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Matrix;

/**
 * The 654 test images of NYU Depth V2 (Silberman et al., 2012), read from the labeled data set as it is downloaded.
 * Each image is a scene. Measured depth counts, within the crop of Eigen et al. (2014) and up to 10 m.
 */
final class Nyu implements DataSet {

    private static final String IMAGES = "nyu_depth_v2_labeled.mat";
    private static final String SPLIT = "splits.mat";
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    /** The color camera of the data set's toolbox, whose pixel centers are at whole numbers from 1. */
    private static final Intrinsics INTRINSICS = new Intrinsics(
            5.1885790117450188e+02, 5.1946961112127485e+02, 3.2558244941119034e+02 - 0.5, 2.5373616633400465e+02 - 0.5);

    private static final DepthRange RANGE =
            new DepthRange(45.0 / HEIGHT, 471.0 / HEIGHT, 41.0 / WIDTH, 601.0 / WIDTH, 10);

    private final DataSetFolder folder;

    /** Numbers of the test images, from 1. */
    private final int[] numbers;

    /** @throws IOException if the split is missing or malformed */
    Nyu(Path root) throws IOException {
        folder = new DataSetFolder(
                root,
                "NYU Depth V2",
                "https://cs.nyu.edu/~fergus/datasets/nyu_depth_v2.html (" + IMAGES + " and " + SPLIT + ")");
        Path split = folder.file(SPLIT, "the numbers of the test images");
        try (Mat5File file = Mat5.readFromFile(split.toFile())) {
            Matrix test = file.getMatrix("testNdxs");
            numbers = new int[test.getNumElements()];
            Arrays.setAll(numbers, test::getInt);
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw folder.malformed(split, "has no matrix testNdxs: " + e.getMessage());
        }
    }

    @Override
    public String description() {
        return "NYU Depth V2 test images, measured depth in Eigen's crop up to 10 m";
    }

    @Override
    public List<String> scenes() {
        List<String> names = new ArrayList<>();
        for (int number : numbers) {
            names.add(name(number));
        }
        return names;
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "%04d", number);
    }

    @Override
    public SceneFiles open(String scene) {
        return SceneFiles.of(() -> load(Integer.parseInt(scene) - 1));
    }

    /** MATLAB stores the first axis fastest: images are (count, 3, columns, rows), depth is (count, columns, rows). */
    private View load(int index) throws IOException {
        Path path = folder.file(IMAGES, "all images and depth");
        try (HdfFile file = new HdfFile(path)) {
            Dataset images = dataset(path, file, "images", index, 4);
            Dataset depths = dataset(path, file, "rawDepths", index, 3);
            byte[][][][] colors =
                    (byte[][][][]) images.getData(new long[] {index, 0, 0, 0}, new int[] {1, 3, WIDTH, HEIGHT});
            float[][][] depth = (float[][][]) depths.getData(new long[] {index, 0, 0}, new int[] {1, WIDTH, HEIGHT});
            return Views.of(image(colors[0]), depth(depth[0]), new Camera(Pose.IDENTITY, INTRINSICS));
        } catch (HdfException | ClassCastException e) {
            throw folder.malformed(path, "cannot be read: " + e.getMessage());
        }
    }

    private Dataset dataset(Path path, HdfFile file, String name, int index, int axes) throws IOException {
        Dataset dataset = file.getDatasetByPath(name);
        int[] shape = dataset.getDimensions();
        if (shape.length != axes
                || index < 0
                || index >= shape[0]
                || shape[axes - 2] != WIDTH
                || shape[axes - 1] != HEIGHT) {
            throw folder.malformed(
                    path,
                    "must have more than " + index + " entries of 640x480 in '" + name + "', got the shape "
                            + Arrays.toString(shape));
        }
        return dataset;
    }

    private static Image image(byte[][][] colors) {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = colors[i % 3][i / 3 % WIDTH][i / 3 / WIDTH];
        }
        return new Image(WIDTH, HEIGHT, rgb);
    }

    private static ScalarMap depth(float[][] columns) {
        float[] depth = new float[WIDTH * HEIGHT];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = columns[i % WIDTH][i / WIDTH];
        }
        return RANGE.limit(new ScalarMap(WIDTH, HEIGHT, depth));
    }
}
