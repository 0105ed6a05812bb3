package da3.evaluation.suite.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Scenes 5000 to 5018 of MegaDepth (Li and Snavely, 2018), as in the paper: photos from the internet with cameras of
 * COLMAP, for view synthesis and poses. Photos of a scene differ in size and are cropped to what they have in common.
 */
final class MegaDepth implements DataSet {

    private static final List<String> SCENES =
            IntStream.rangeClosed(5000, 5018).mapToObj(Integer::toString).toList();

    private final DataSetFolder folder;

    MegaDepth(Path root) {
        folder = new DataSetFolder(root, "MegaDepth", "https://www.cs.cornell.edu/projects/megadepth/ (SfM models)");
    }

    @Override
    public String description() {
        return "MegaDepth scenes 5000 to 5018, undistorted, cropped to one size";
    }

    @Override
    public List<String> scenes() {
        return SCENES;
    }

    @Override
    public SceneFiles open(String scene) throws IOException {
        String base = "MegaDepth_v1_SfM/" + scene;
        return new SceneFiles(
                ColmapFrames.list(folder, base + "/sparse/manhattan/0", base + "/images"), Optional.empty());
    }
}
