package da3.evaluation.predictor;

import da3.evaluation.PredictedScene;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.io.SceneNpz;
import da3.io.colmap.ColmapCamera;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A file, or a folder of a COLMAP model, with the prediction of a scene.
 *
 * @param path the file or folder
 * @param format what it is
 */
record PredictedFile(Path path, Format format) {

    /** Formats of predictions. */
    enum Format {
        NPZ,
        COLMAP,
        TUM
    }

    private static final List<String> ARCHIVES =
            List.of("results.npz", "exports/npz/results.npz", "exports/mini_npz/results.npz");
    private static final List<String> MODELS = List.of("", "sparse/0");
    private static final List<String> MODEL_FILES = List.of("images.bin", "images.txt");
    private static final String TRAJECTORY = "trajectory_tum.txt";
    private static final Intrinsics UNKNOWN = new Intrinsics(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Returns the predictions in a folder, the preferred one first. */
    static List<PredictedFile> in(Path folder) {
        List<PredictedFile> found = new ArrayList<>();
        for (String archive : ARCHIVES) {
            if (Files.exists(folder.resolve(archive))) {
                found.add(new PredictedFile(folder.resolve(archive), Format.NPZ));
            }
        }
        for (String model : MODELS) {
            Path path = folder.resolve(model);
            if (MODEL_FILES.stream().map(path::resolve).anyMatch(Files::exists)) {
                found.add(new PredictedFile(path, Format.COLMAP));
            }
        }
        if (Files.exists(folder.resolve(TRAJECTORY))) {
            found.add(new PredictedFile(folder.resolve(TRAJECTORY), Format.TUM));
        }
        return found;
    }

    /**
     * Reads the prediction.
     *
     * @param images the images of the scene, to whose size depth and intrinsics are brought
     * @throws IOException if the file cannot be read or has another number of views
     */
    PredictedScene read(List<Image> images) throws IOException {
        return switch (format) {
            case NPZ -> archive(images);
            case COLMAP -> model(images);
            case TUM -> trajectory(images);
        };
    }

    private PredictedScene archive(List<Image> images) throws IOException {
        List<View> read = SceneNpz.read(path).views();
        requireViews(read.size(), images.size());
        List<View> views = new ArrayList<>();
        for (int v = 0; v < images.size(); v++) {
            Image image = images.get(v);
            View view = read.get(v);
            double sx = (double) image.width() / view.depth().width();
            double sy = (double) image.height() / view.depth().height();
            views.add(new View(
                    image,
                    resized(view.depth(), image),
                    view.confidence().map(map -> resized(map, image)),
                    view.camera()
                            .map(camera -> new Camera(
                                    camera.pose(), camera.intrinsics().scaled(sx, sy)))));
        }
        return new PredictedScene(views, Optional.empty());
    }

    /** Returns a map with the values of the nearest pixels, as in the reference. */
    private static ScalarMap resized(ScalarMap map, Image image) {
        int width = image.width();
        int height = image.height();
        if (map.width() == width && map.height() == height) {
            return map;
        }
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            int x = (int) ((i % width + 0.5) * map.width() / width);
            int y = (int) ((i / width + 0.5) * map.height() / height);
            values[i] = map.at(x, y);
        }
        return new ScalarMap(width, height, values);
    }

    private PredictedScene model(List<Image> images) throws IOException {
        ColmapModel model = ColmapFiles.read(path);
        List<ColmapImage> entries = model.images().stream()
                .sorted(Comparator.comparing(ColmapImage::name))
                .toList();
        requireViews(entries.size(), images.size());
        List<View> views = new ArrayList<>();
        for (int v = 0; v < images.size(); v++) {
            ColmapCamera camera = model.camera(entries.get(v).camera());
            Image image = images.get(v);
            Intrinsics intrinsics = camera.lens()
                    .intrinsics()
                    .scaled((double) image.width() / camera.width(), (double) image.height() / camera.height());
            views.add(withoutDepth(image, new Camera(entries.get(v).pose(), intrinsics)));
        }
        return new PredictedScene(views, Optional.empty());
    }

    private PredictedScene trajectory(List<Image> images) throws IOException {
        List<Pose> poses = TumTrajectory.read(path);
        requireViews(poses.size(), images.size());
        List<View> views = new ArrayList<>();
        for (int v = 0; v < images.size(); v++) {
            views.add(withoutDepth(images.get(v), new Camera(poses.get(v), UNKNOWN)));
        }
        return new PredictedScene(views, Optional.empty());
    }

    private static View withoutDepth(Image image, Camera camera) {
        ScalarMap none = new ScalarMap(image.width(), image.height(), new float[image.width() * image.height()]);
        return new View(image, none, Optional.empty(), Optional.of(camera));
    }

    private void requireViews(int views, int expected) throws IOException {
        if (views != expected) {
            throw new IOException(
                    path + ": " + Check.message("number of views", "that of the scene, " + expected, views));
        }
    }
}
