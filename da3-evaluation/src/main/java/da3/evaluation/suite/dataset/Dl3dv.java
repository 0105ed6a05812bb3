package da3.evaluation.suite.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The 140 scenes of the DL3DV benchmark (Ling et al., 2024) in its layout for Gaussian splatting, as in the paper at a
 * height of 270 and a width of 480: undistorted images with cameras of COLMAP, for view synthesis and poses.
 */
final class Dl3dv implements DataSet {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 270;

    private final DataSetFolder folder;
    private final List<String> scenes;

    /** @throws IOException if there is no scene */
    Dl3dv(Path root) throws IOException {
        folder = new DataSetFolder(
                root, "DL3DV", "https://huggingface.co/datasets/DL3DV/DL3DV-Benchmark (folders gaussian_splat)");
        scenes = folder.list("", "[0-9a-f]{64}", "the scenes of the benchmark").stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }

    @Override
    public String description() {
        return "DL3DV benchmark, 270x480";
    }

    @Override
    public List<String> scenes() {
        return scenes;
    }

    @Override
    public SceneFiles open(String scene) throws IOException {
        String base = scene + "/gaussian_splat";
        List<SceneFiles.Frame> frames = new ArrayList<>();
        for (SceneFiles.Frame frame : ColmapFrames.list(folder, base + "/sparse/0", base + "/images_4")) {
            frames.add(() -> ViewResize.to(frame.load(), WIDTH, HEIGHT));
        }
        return new SceneFiles(frames, Optional.empty());
    }
}
