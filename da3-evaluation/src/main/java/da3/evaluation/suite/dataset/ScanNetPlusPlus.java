package da3.evaluation.suite.dataset;

import da3.evaluation.surface.FusionSettings;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.lens.Undistortion;
import da3.io.Images;
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
 * Twenty scenes of ScanNet++ (Yeshwanth et al., 2023) with poses that the authors of the reference recomputed with
 * COLMAP. Of the images only those of the iPhone are used; they are undistorted and resized to 1024x768. Depth is
 * rendered from the laser scan for the distorted camera and is undistorted in the same way.
 */
final class ScanNetPlusPlus implements DataSet {

    static final FusionSettings FUSION =
            FusionSettings.ofReference(0.02, 0.15, 5, 0.05, 0.02).withMargin(0.1);

    private static final List<String> SCENES = List.of(
            "09c1414f1b",
            "1ada7a0617",
            "40aec5fffa",
            "3e8bba0176",
            "acd95847c5",
            "578511c8a9",
            "5f99900f09",
            "c4c04e6d6c",
            "f3d64c30f8",
            "7bc286c1b6",
            "c5439f4607",
            "286b55a2bf",
            "fb5a96b1a2",
            "7831862f02",
            "38d58a7a31",
            "bde1e479ad",
            "9071e139d9",
            "21d970d8de",
            "bcd2436daf",
            "cc5237fd77");
    private static final int WIDTH = 1024;
    private static final int HEIGHT = 768;
    private static final int PAPER_STEP = 5;
    private static final int NO_DEPTH = 0;
    private static final double METERS = 0.001;

    private final DataSetFolder folder;
    private final int step;

    ScanNetPlusPlus(Path root, Protocol protocol) {
        folder = new DataSetFolder(
                root,
                "ScanNet++",
                "https://kaldir.vc.in.tum.de/scannetpp/ (with new poses:"
                        + " https://huggingface.co/datasets/haotongl/scannetpp_zipnerf)");
        step = protocol == Protocol.PAPER ? PAPER_STEP : 1;
    }

    @Override
    public String description() {
        return "ScanNet++ iPhone images, undistorted, 1024x768, "
                + (step == 1 ? "every frame" : "every " + step + "th frame") + " before sampling";
    }

    @Override
    public List<String> scenes() {
        return SCENES;
    }

    @Override
    public SceneFiles open(String scene) throws IOException {
        Path sparse = folder.root().resolve(scene + "/merge_dslr_iphone/colmap/sparse_render_rgb");
        if (!Files.isDirectory(sparse)) {
            throw folder.missing(sparse, "the COLMAP model of scene " + scene);
        }
        ColmapModel model = ColmapFiles.readCameras(sparse);
        List<ColmapImage> images = model.images().stream()
                .filter(image -> image.name().contains("iphone"))
                .sorted(Comparator.comparing(ColmapImage::name))
                .toList();
        if (images.isEmpty()) {
            throw folder.malformed(sparse, "has no image of the iPhone");
        }
        // as in the reference, images of the model that are not in the folder do not count
        List<ColmapImage> present = images.stream()
                .filter(image -> folder.has(imagePath(scene, image)))
                .toList();
        if (present.isEmpty()) {
            throw folder.missing(
                    folder.root().resolve(imagePath(scene, images.get(0))), "the images of scene " + scene);
        }
        List<SceneFiles.Frame> frames = new ArrayList<>();
        for (int i = 0; i < present.size(); i += step) {
            ColmapImage image = present.get(i);
            frames.add(() -> load(scene, image, model.camera(image.camera())));
        }
        Path mesh = folder.root().resolve(scene + "/scans/mesh_aligned_0.05.ply");
        return new SceneFiles(frames, Optional.of(Surfaces.of(folder, mesh, FUSION)));
    }

    private static String imagePath(String scene, ColmapImage image) {
        return scene + "/merge_dslr_iphone/images/" + image.name();
    }

    private View load(String scene, ColmapImage image, ColmapCamera camera) throws IOException {
        Path file = folder.file(imagePath(scene, image), "an image of scene " + scene);
        Image photo = ColmapFrames.requireSize(folder, file, Images.readStored(file), camera);
        String name = file.getFileName().toString();
        String frame = name.substring(0, name.lastIndexOf('.'));
        Path depthFile =
                folder.file(scene + "/merge_dslr_iphone/render_depth/" + frame + ".png", "the depth of an image");
        ScalarMap depth = DepthCounts.read(folder, depthFile, photo, METERS, NO_DEPTH);
        Undistortion undistortion = Undistortion.of(camera.lens(), photo.width(), photo.height());
        View view = Views.of(
                undistortion.apply(photo),
                undistortion.apply(depth),
                new Camera(image.pose(), undistortion.intrinsics()));
        return ViewResize.to(view, WIDTH, HEIGHT);
    }
}
