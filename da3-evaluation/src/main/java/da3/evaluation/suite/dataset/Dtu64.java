package da3.evaluation.suite.dataset;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.View;
import da3.io.Images;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Thirteen scenes of DTU of 64 views each, for poses only: no depth and no surface. Lengths are in millimeters. */
final class Dtu64 implements DataSet {

    private static final List<String> SCENES = List.of(
            "scan105", "scan114", "scan118", "scan122", "scan24", "scan37", "scan40", "scan55", "scan63", "scan65",
            "scan69", "scan83", "scan97");

    private final DataSetFolder folder;

    Dtu64(Path root) {
        folder = new DataSetFolder(root, "DTU-64", "https://huggingface.co/datasets/depth-anything/DA3-BENCH");
    }

    @Override
    public String description() {
        return "DTU, 64 views, view 33 first, poses only, in millimeters";
    }

    @Override
    public boolean isMetric() {
        return false;
    }

    @Override
    public List<String> scenes() {
        return SCENES;
    }

    @Override
    public SceneFiles open(String scene) throws IOException {
        List<SceneFiles.Frame> frames = new ArrayList<>();
        for (Path image : folder.list(scene + "/image", "[0-9]{1,8}\\.png", "the images of " + scene)) {
            int view = Integer.parseInt(image.getFileName().toString().split("\\.")[0]);
            frames.add(() -> load(image, view));
        }
        return new SceneFiles(Dtu.referenceViewFirst(frames), Optional.empty());
    }

    private View load(Path imageFile, int view) throws IOException {
        Image image = Images.read(imageFile);
        Path file = folder.file(String.format(Locale.ROOT, "Cameras/%08d_cam.txt", view), "the camera of a view");
        Camera camera = TextNumbers.mvsNetCamera(folder, file);
        return Views.withoutDepth(image, camera);
    }
}
