package da3.evaluation.suite.dataset;

import da3.evaluation.SurfaceTruth;
import da3.geometry.Image;
import da3.geometry.PointCloud;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.io.GrayImages;
import da3.io.Images;
import da3.io.Pfm;
import da3.io.PlyReader;
import da3.io.PlySurface;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Twenty-two scenes of DTU (Aanaes et al., 2016) of 49 views each, in the layout of MVSNet. Lengths are in millimeters.
 * Surfaces are compared by DTU's own protocol.
 */
final class Dtu implements DataSet {

    private static final List<String> SCENES = List.of(
            "scan1", "scan4", "scan9", "scan10", "scan11", "scan12", "scan13", "scan15", "scan23", "scan24", "scan29",
            "scan32", "scan33", "scan34", "scan48", "scan49", "scan62", "scan75", "scan77", "scan110", "scan114",
            "scan118");

    /** Index of the view that comes first: the reference view of the benchmark. */
    private static final int FIRST_VIEW = 33;

    /** Brightness of the mask above which a pixel counts. */
    private static final int MASK = 10;

    private final DataSetFolder folder;

    Dtu(Path root) {
        folder = new DataSetFolder(
                root,
                "DTU",
                "https://roboimagedata.compute.dtu.dk/ (cameras and depth: https://github.com/YoYo000/MVSNet)");
    }

    @Override
    public String description() {
        return "DTU, 49 views, view 33 first, masked, surfaces by the protocol of DTU, in millimeters";
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
        List<Path> images = folder.list("Rectified/" + scene, "rect_[0-9]{3}_.+\\.png", "the images of " + scene);
        List<SceneFiles.Frame> frames = new ArrayList<>();
        int previous = -1;
        for (Path image : images) {
            // numbers of images begin at 1, those of cameras and depth at 0
            int view = Integer.parseInt(image.getFileName().toString().split("_")[1]) - 1;
            if (view == previous) {
                throw folder.malformed(image, "must be the only image of its view");
            }
            frames.add(() -> load(scene, image, view));
            previous = view;
        }
        return new SceneFiles(referenceViewFirst(frames), Optional.of(surface(scene)));
    }

    private SurfaceTruth surface(String scene) {
        return new SurfaceTruth(
                () -> points(DtuEvaluationFiles.of(folder, scene).points()),
                () -> DtuProtocolReader.read(DtuEvaluationFiles.of(folder, scene)));
    }

    private static PointCloud points(Path file) throws IOException {
        PlySurface surface = PlyReader.read(file);
        return new PointCloud(surface.positions(), surface.colors());
    }

    /** Moves view 33 to the front. */
    static <T> List<T> referenceViewFirst(List<T> frames) {
        List<T> reordered = new ArrayList<>(frames);
        if (frames.size() > FIRST_VIEW) {
            reordered.add(0, reordered.remove(FIRST_VIEW));
        }
        return reordered;
    }

    private View load(String scene, Path imageFile, int view) throws IOException {
        Image image = Images.read(imageFile);
        String camera = String.format(Locale.ROOT, "Cameras/%08d_cam.txt", view);
        return Views.of(
                image,
                depth(scene, view, image),
                TextNumbers.mvsNetCamera(folder, folder.file(camera, "the camera of a view")));
    }

    private ScalarMap depth(String scene, int view, Image image) throws IOException {
        String base = "depth_raw/Depths/" + scene;
        Path depthFile = folder.file(
                base + String.format(Locale.ROOT, "/depth_map_%04d.pfm", view), "the depth of a view (Depths_raw)");
        Path maskFile =
                folder.file(base + String.format(Locale.ROOT, "/depth_visual_%04d.png", view), "the mask of a view");
        ScalarMap depth = folder.requireSize(depthFile, Pfm.read(depthFile), image.width(), image.height());
        ScalarMap mask = folder.requireSize(maskFile, GrayImages.read(maskFile), image.width(), image.height());
        for (int i = 0; i < depth.values().length; i++) {
            boolean known = depth.values()[i] > 0 && depth.values()[i] < Float.POSITIVE_INFINITY;
            depth.values()[i] = known && mask.values()[i] > MASK ? depth.values()[i] : 0;
        }
        return depth;
    }
}
