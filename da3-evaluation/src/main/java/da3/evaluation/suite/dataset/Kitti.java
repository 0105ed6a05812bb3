package da3.evaluation.suite.dataset;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.io.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The test split of Eigen et al. (2014) of KITTI (Geiger et al., 2013) with the annotated depth of Uhrig et al. (2017).
 * Each image is a scene. Depth counts within the crop of Garg et al. (2016) and up to 80 m.
 */
final class Kitti implements DataSet {

    /** Names of the split file: as published, and as renamed by others. */
    private static final List<String> SPLIT_FILES =
            List.of("eigen_test_files_with_gt.txt", "kitti_eigen_test_files_with_gt.txt");

    private static final List<String> DEPTH_FOLDERS = List.of("val/", "train/", "");
    private static final DepthRange RANGE = new DepthRange(0.40810811, 0.99189189, 0.03594771, 0.96405229, 80);
    private static final double METERS = 1.0 / 256;
    private static final int NO_DEPTH = 0;

    private final DataSetFolder folder;
    private final Map<String, Frame> frames = new LinkedHashMap<>();

    /** @param depth path of the depth below the folder of the annotations */
    private record Frame(String image, String depth) {}

    /** @throws IOException if the split file is missing or malformed */
    Kitti(Path root) throws IOException {
        folder = new DataSetFolder(
                root,
                "KITTI",
                "https://www.cvlibs.net/datasets/kitti/ (raw data, and depth prediction; the split:"
                        + " https://github.com/cleinc/bts)");
        String name = SPLIT_FILES.stream().filter(folder::has).findFirst().orElse(SPLIT_FILES.get(0));
        Path split = folder.file(name, "the list of test images, each with its depth,");
        for (String line : Files.readAllLines(split)) {
            add(split, line.strip());
        }
        if (frames.isEmpty()) {
            throw folder.malformed(split, "names no image with depth");
        }
    }

    /** Image, depth and focal length; 45 of the 697 images have {@code None} for depth. */
    private void add(Path split, String line) throws IOException {
        if (line.isEmpty()) {
            return;
        }
        String[] words = line.split("\\s+");
        String[] parts = words[0].split("/");
        if (words.length < 2 || parts.length != 5) {
            throw folder.malformed(
                    split,
                    "must have DATE/DRIVE/image_02/data/FRAME.png and its depth in each line, got '" + line + "'");
        }
        if (!words[1].equals("None")) {
            frames.put(parts[1] + "-" + parts[4].replace(".png", ""), new Frame(words[0], words[1]));
        }
    }

    @Override
    public String description() {
        return "KITTI, Eigen's test split, annotated depth in Garg's crop up to 80 m";
    }

    @Override
    public List<String> scenes() {
        return List.copyOf(frames.keySet());
    }

    @Override
    public SceneFiles open(String scene) {
        Frame frame = frames.get(scene);
        return SceneFiles.of(() -> load(frame));
    }

    private View load(Frame frame) throws IOException {
        Image image = Images.read(folder.file(frame.image(), "an image of the raw data"));
        String depth = DEPTH_FOLDERS.stream()
                .map(prefix -> prefix + frame.depth())
                .filter(folder::has)
                .findFirst()
                .orElse(DEPTH_FOLDERS.get(0) + frame.depth());
        Path depthFile = folder.file(depth, "the annotated depth of an image");
        ScalarMap map = DepthCounts.read(folder, depthFile, image, METERS, NO_DEPTH);
        String date = frame.image().substring(0, frame.image().indexOf('/'));
        Path calibration = folder.file(date + "/calib_cam_to_cam.txt", "the calibration of a day");
        return Views.of(image, RANGE.limit(map), new Camera(Pose.IDENTITY, intrinsics(calibration)));
    }

    /** The rectified left color camera: a 3x4 matrix. */
    private Intrinsics intrinsics(Path calibration) throws IOException {
        String key = "P_rect_02:";
        for (String line : Files.readAllLines(calibration)) {
            if (line.startsWith(key)) {
                double[] p = TextNumbers.parse(folder, calibration, List.of(line.substring(key.length())), 12);
                // pixel centers are at whole numbers there
                return TextNumbers.intrinsics(
                        folder, calibration, new double[] {p[0], 0, p[2] + 0.5, 0, p[5], p[6] + 0.5, 0, 0, 1});
            }
        }
        throw folder.malformed(calibration, "has no line P_rect_02");
    }
}
