package da3.evaluation.suite.dataset;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.io.Images;
import da3.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The validation split of DIODE (Vasiljevic et al., 2019), indoors and outdoors. Each image is a scene. Depth counts
 * where the mask of the data set says that it is valid.
 */
final class Diode implements DataSet {

    /** Intrinsics of all images, from DIODE's development kit. */
    private static final Intrinsics INTRINSICS = new Intrinsics(886.81, 927.06, 512, 384);

    private final DataSetFolder folder;

    /** Image files by scene. */
    private final Map<String, Path> images = new LinkedHashMap<>();

    /** @throws IOException if there is no image */
    Diode(Path root) throws IOException {
        folder = new DataSetFolder(root, "DIODE", "https://diode-dataset.org/");
        for (String part : List.of("val/indoors", "val/outdoor")) {
            Path top = root.resolve(part);
            if (!Files.isDirectory(top)) {
                throw folder.missing(top, "images of the validation split");
            }
            try (Stream<Path> files = Files.walk(top, 3)) {
                files.filter(file -> file.getFileName().toString().endsWith(".png"))
                        .sorted()
                        .forEach(file -> images.put(name(file), file));
            }
        }
        if (images.isEmpty()) {
            throw folder.missing(root.resolve("val"), "images of the validation split");
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".png", "");
    }

    @Override
    public String description() {
        return "DIODE validation, indoors and outdoors, masked depth";
    }

    @Override
    public List<String> scenes() {
        return List.copyOf(images.keySet());
    }

    @Override
    public SceneFiles open(String scene) {
        return SceneFiles.of(() -> load(images.get(scene)));
    }

    private View load(Path file) throws IOException {
        Image image = Images.read(file);
        float[] depth = values(file.resolveSibling(name(file) + "_depth.npy"), image);
        float[] mask = values(file.resolveSibling(name(file) + "_depth_mask.npy"), image);
        for (int i = 0; i < depth.length; i++) {
            boolean known = mask[i] > 0 && depth[i] > 0 && depth[i] < Float.POSITIVE_INFINITY;
            depth[i] = known ? depth[i] : 0;
        }
        ScalarMap map = new ScalarMap(image.width(), image.height(), depth);
        return Views.of(image, map, new Camera(Pose.IDENTITY, INTRINSICS));
    }

    /** Depth has the shape (height, width, 1), masks have (height, width). */
    private float[] values(Path file, Image image) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw folder.missing(file, "depth and mask of an image");
        }
        NpyArray array = NpyArray.read(file);
        int[] shape = array.shape();
        boolean fits = shape.length >= 2
                && shape[0] == image.height()
                && shape[1] == image.width()
                && array.count() == image.height() * image.width();
        if (!fits) {
            throw folder.malformed(
                    file,
                    "must have the shape (" + image.height() + ", " + image.width() + "), got "
                            + Arrays.toString(shape));
        }
        return array.floats(0, array.count());
    }
}
