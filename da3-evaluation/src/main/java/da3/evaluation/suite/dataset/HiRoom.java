package da3.evaluation.suite.dataset;

import da3.evaluation.surface.FusionSettings;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.io.GrayImages;
import da3.io.Images;
import da3.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HiRoom, the rendered rooms that come with the benchmark of Depth Anything 3. Depth is stored as counts, the
 * largest of them, 65535, for 100 m; pixels of the aliasing mask have no depth.
 */
final class HiRoom implements DataSet {

    private static final String SCENE_LIST = "selected_scene_list_val.txt";
    private static final double METERS = 100.0 / 65535;
    private static final int NO_DEPTH = 0;

    private final DataSetFolder folder;
    private final FusionSettings fusion;

    /** Paths below the folder of data, by scene. */
    private final Map<String, String> paths = new LinkedHashMap<>();

    /** @throws IOException if the list of scenes is missing or empty */
    HiRoom(Path root, Protocol protocol) throws IOException {
        folder = new DataSetFolder(root, "HiRoom", "https://huggingface.co/datasets/depth-anything/DA3-BENCH");
        double threshold = protocol == Protocol.PAPER ? 0.005 : 0.05;
        fusion = FusionSettings.ofReference(4.0 / 512, 0.04, 10_000, threshold, 4.0 / 512);
        Path list = folder.file(SCENE_LIST, "the list of scenes");
        for (String line : Files.readAllLines(list)) {
            if (!line.isBlank()) {
                paths.put(name(line.strip()), line.strip());
            }
        }
        if (paths.isEmpty()) {
            throw folder.malformed(list, "names no scene");
        }
    }

    /** The last three folders of a path, joined: the name of the scene's point cloud. */
    private static String name(String path) {
        String[] parts = path.split("/");
        List<String> last = List.of(parts).subList(Math.max(0, parts.length - 3), parts.length);
        return String.join("-", last);
    }

    @Override
    public String description() {
        return "HiRoom, threshold " + fusion.threshold() + " m";
    }

    @Override
    public List<String> scenes() {
        return List.copyOf(paths.keySet());
    }

    @Override
    public SceneFiles open(String scene) throws IOException {
        String base = "data/" + paths.get(scene);
        Path intrinsicsFile = folder.file(base + "/cam_K.npy", "the intrinsics of scene " + scene);
        Intrinsics intrinsics = TextNumbers.intrinsics(folder, intrinsicsFile, matrix(intrinsicsFile, 9));
        List<SceneFiles.Frame> frames = new ArrayList<>();
        for (Path image : folder.list(base + "/image", ".+\\..+", "the images of scene " + scene)) {
            String frame = image.getFileName().toString().split("\\.")[0];
            // as in the reference, images without a pose do not count
            if (folder.has(base + "/pose/" + frame + ".npy")) {
                frames.add(() -> load(base, image, frame, intrinsics));
            }
        }
        if (frames.isEmpty()) {
            throw folder.missing(folder.root().resolve(base + "/pose"), "the poses of scene " + scene);
        }
        Path points = folder.root().resolve("fused_pcd/" + scene + ".ply");
        return new SceneFiles(frames, Optional.of(Surfaces.of(folder, points, fusion)));
    }

    private View load(String base, Path imageFile, String frame, Intrinsics intrinsics) throws IOException {
        Image image = Images.read(imageFile);
        Path poseFile = folder.file(base + "/pose/" + frame + ".npy", "a world-to-camera pose");
        Pose pose = TextNumbers.pose(folder, poseFile, matrix(poseFile, 16));
        Path depthFile = folder.file(base + "/depth/" + frame + ".png", "the depth of an image");
        ScalarMap depth = DepthCounts.read(folder, depthFile, image, METERS, NO_DEPTH);
        String mask = base + "/aliasing_mask/" + frame + ".png";
        if (folder.has(mask)) {
            Path maskFile = folder.root().resolve(mask);
            ScalarMap aliased = folder.requireSize(maskFile, GrayImages.read(maskFile), image.width(), image.height());
            for (int i = 0; i < depth.values().length; i++) {
                depth.values()[i] = aliased.values()[i] > 0 ? 0 : depth.values()[i];
            }
        }
        return Views.of(image, depth, new Camera(pose, intrinsics));
    }

    private double[] matrix(Path file, int count) throws IOException {
        NpyArray array = NpyArray.read(file);
        if (array.count() != count) {
            throw folder.malformed(file, "must have " + count + " numbers, got " + array.count());
        }
        return array.doubles();
    }
}
