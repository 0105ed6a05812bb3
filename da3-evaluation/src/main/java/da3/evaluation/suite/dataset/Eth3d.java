package da3.evaluation.suite.dataset;

import da3.evaluation.SurfaceTruth;
import da3.evaluation.surface.FusionSettings;
import da3.evaluation.surface.TsdfProtocol;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.lens.CameraModel;
import da3.geometry.lens.Undistortion;
import da3.io.GrayImages;
import da3.io.Images;
import da3.io.colmap.ColmapCamera;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The high-resolution multi-view scenes of ETH3D (Schöps et al., 2017): photos of a distorting lens, laser scans, and
 * depth rendered from them. Photos and depth are undistorted here. Scenes and the views that are left out are those of
 * the reference (src/depth_anything_3/utils/constants.py).
 */
final class Eth3d implements DataSet {

    static final FusionSettings FUSION =
            FusionSettings.ofReference(5 * 4.0 / 512, 5 * 0.04, 100_000, 5 * 0.05, 5 * 4.0 / 512);

    private static final List<String> SCENES = List.of(
            "courtyard",
            "electro",
            "kicker",
            "pipes",
            "relief",
            "delivery_area",
            "facade",
            "office",
            "playground",
            "relief_2",
            "terrains");

    /** First and last number of the photos that are left out, by scene: the camera was turned in them. */
    private static final Map<String, int[][]> LEFT_OUT = Map.of(
            "delivery_area", new int[][] {{711, 714}},
            "electro", new int[][] {{9289, 9293}, {9298, 9298}},
            "playground", new int[][] {{587, 592}},
            "relief", new int[][] {{427, 438}},
            "relief_2", new int[][] {{458, 468}});

    /** Value of a mask where the scan does not show what the photo shows. */
    private static final int OCCLUDED = 1;

    private final DataSetFolder folder;

    Eth3d(Path root) {
        folder = new DataSetFolder(root, "ETH3D", "https://www.eth3d.net/datasets");
    }

    @Override
    public String description() {
        return "ETH3D high-resolution multi-view, undistorted, without the views that the reference leaves out";
    }

    @Override
    public List<String> scenes() {
        return SCENES;
    }

    @Override
    public SceneFiles open(String scene) throws IOException {
        String calibration = scene + "/dslr_calibration_jpg";
        folder.file(calibration + "/cameras.txt", "the intrinsics of scene " + scene);
        folder.file(calibration + "/images.txt", "the poses of scene " + scene);
        ColmapModel model = ColmapFiles.readCameras(folder.root().resolve(calibration));
        List<SceneFiles.Frame> frames = new ArrayList<>();
        for (ColmapImage image : model.images()) {
            if (!isLeftOut(scene, image.name())) {
                ColmapCamera camera = model.camera(image.camera());
                frames.add(() -> load(scene, image, camera));
            }
        }
        return new SceneFiles(frames, Optional.of(surface(scene)));
    }

    static boolean isLeftOut(String scene, String image) {
        for (int[] range : LEFT_OUT.getOrDefault(scene, new int[0][])) {
            for (int number = range[0]; number <= range[1]; number++) {
                if (image.endsWith(number + ".JPG")) {
                    return true;
                }
            }
        }
        return false;
    }

    private View load(String scene, ColmapImage image, ColmapCamera camera) throws IOException {
        Path file = folder.file(scene + "/images/" + image.name(), "a photo of scene " + scene);
        Image photo = ColmapFrames.requireSize(folder, file, Images.readStored(file), camera);
        ScalarMap depth = depth(scene, image.name(), photo.width(), photo.height());
        CameraModel lens = camera.lens();
        Undistortion undistortion = Undistortion.of(lens, photo.width(), photo.height());
        return Views.of(
                undistortion.apply(photo),
                undistortion.apply(depth),
                new Camera(image.pose(), undistortion.intrinsics()));
    }

    /** Reads raw floats, row-major and little-endian; infinite where the scan has no surface. */
    private ScalarMap depth(String scene, String image, int width, int height) throws IOException {
        Path file = folder.file(scene + "/ground_truth_depth/" + image, "the true depth of a photo");
        long expected = (long) Float.BYTES * width * height;
        if (Files.size(file) != expected) {
            throw folder.malformed(
                    file,
                    "must have a float for each of " + width + "x" + height + " pixels, " + expected + " bytes, got "
                            + Files.size(file));
        }
        float[] values = new float[width * height];
        ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        Optional<ScalarMap> mask = mask(scene, image, width, height);
        for (int i = 0; i < values.length; i++) {
            boolean known = values[i] > 0 && values[i] < Float.POSITIVE_INFINITY;
            boolean occluded = mask.isPresent() && mask.get().values()[i] == OCCLUDED;
            values[i] = known && !occluded ? values[i] : 0;
        }
        return new ScalarMap(width, height, values);
    }

    /** Only some photos have masks. */
    private Optional<ScalarMap> mask(String scene, String image, int width, int height) throws IOException {
        String path = scene + "/masks_for_images/" + image.replace(".JPG", ".png");
        if (!folder.has(path)) {
            return Optional.empty();
        }
        Path file = folder.root().resolve(path);
        return Optional.of(folder.requireSize(file, GrayImages.read(file), width, height));
    }

    /** The mesh that comes with the reference's copy of the data set, or else the laser scans of ETH3D. */
    private SurfaceTruth surface(String scene) {
        String mesh = scene + "/combined_mesh.ply";
        if (folder.has(mesh)) {
            return Surfaces.of(folder, folder.root().resolve(mesh), FUSION);
        }
        return new SurfaceTruth(
                () -> AlignedScans.read(
                        folder,
                        folder.file(
                                scene + "/dslr_scan_eval/scan_alignment.mlp",
                                "the laser scans of scene " + scene + ", in place of combined_mesh.ply,")),
                new TsdfProtocol(FUSION));
    }
}
