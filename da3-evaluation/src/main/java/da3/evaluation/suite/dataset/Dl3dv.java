package da3.evaluation.suite.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The 140 scenes of the DL3DV benchmark (Ling et al., 2024), as in the paper at a height of 270 and a width of 480, for view
 * synthesis and poses: undistorted images with cameras of COLMAP in the layout for Gaussian splatting or, where that is
 * missing, distorted images in the layout of Nerfstudio, which the data set's own script downloads.
 */
final class Dl3dv implements DataSet {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 270;

    private final DataSetFolder folder;
    private final List<String> scenes;

    /** @throws IOException if there is no scene */
    Dl3dv(Path root) throws IOException {
        folder = new DataSetFolder(
                root,
                "DL3DV",
                "https://huggingface.co/datasets/DL3DV/DL3DV-Benchmark (folders gaussian_splat or nerfstudio)");
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
        List<SceneFiles.Frame> frames = new ArrayList<>();
        for (SceneFiles.Frame frame : frames(scene + "/gaussian_splat", scene + "/nerfstudio")) {
            frames.add(() -> ViewResize.to(frame.load(), WIDTH, HEIGHT));
        }
        return new SceneFiles(frames, Optional.empty());
    }

    private List<SceneFiles.Frame> frames(String splat, String nerfstudio) throws IOException {
        boolean isSplat = Files.isDirectory(folder.root().resolve(splat));
        String transforms = nerfstudio + "/transforms.json";
        return !isSplat && folder.has(transforms)
                ? NerfstudioFrames.list(folder, transforms, nerfstudio + "/images_4")
                : ColmapFrames.list(folder, splat + "/sparse/0", splat + "/images_4");
    }
}
