package da3.evaluation.suite.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The training scenes of Tanks and Temples (Knapitsch et al., 2017) without Courthouse, as in the paper: images with
 * cameras of COLMAP, for view synthesis and poses.
 */
final class TanksAndTemples implements DataSet {

    private static final List<String> SCENES =
            List.of("Barn", "Caterpillar", "Church", "Ignatius", "Meetingroom", "Truck");

    private final DataSetFolder folder;

    TanksAndTemples(Path root) {
        folder = new DataSetFolder(
                root,
                "Tanks and Temples",
                "https://www.tanksandtemples.org/download/ (with COLMAP models:"
                        + " https://github.com/hbb1/2d-gaussian-splatting)");
    }

    @Override
    public String description() {
        return "Tanks and Temples training scenes without Courthouse, undistorted";
    }

    @Override
    public List<String> scenes() {
        return SCENES;
    }

    @Override
    public SceneFiles open(String scene) throws IOException {
        return new SceneFiles(ColmapFrames.list(folder, scene + "/sparse/0", scene + "/images"), Optional.empty());
    }
}
