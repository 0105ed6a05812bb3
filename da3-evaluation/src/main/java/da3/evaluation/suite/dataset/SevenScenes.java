package da3.evaluation.suite.dataset;

import da3.evaluation.surface.FusionSettings;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.io.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * 7-Scenes (Shotton et al., 2013): one sequence of each of seven rooms, taken with a Kinect. The camera is the one that
 * the reference assumes for all images; the count 65535 marks pixels without depth.
 */
final class SevenScenes implements DataSet {

    static final FusionSettings FUSION = FusionSettings.ofReference(4.0 / 512, 0.04, 1_000_000, 0.05, 4.0 / 512);

    private static final List<String> SCENES =
            List.of("chess", "fire", "heads", "office", "pumpkin", "redkitchen", "stairs");
    private static final Intrinsics INTRINSICS = new Intrinsics(585, 585, 320, 240);
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int PAPER_STEP = 11;
    private static final int NO_DEPTH = 65535;
    private static final double METERS = 0.001;

    private final DataSetFolder folder;
    private final String prefix;
    private final int step;

    /** @param root folder of the scenes, or the folder above it with {@code 7Scenes} in it */
    SevenScenes(Path root, Protocol protocol) {
        folder = new DataSetFolder(
                root,
                "7-Scenes",
                "https://www.microsoft.com/en-us/research/project/rgb-d-dataset-7-scenes/ (with meshes:"
                        + " https://huggingface.co/datasets/depth-anything/DA3-BENCH)");
        prefix = Files.isDirectory(root.resolve("7Scenes")) ? "7Scenes/" : "";
        step = protocol == Protocol.PAPER ? PAPER_STEP : 1;
    }

    @Override
    public String description() {
        return "7-Scenes, " + (step == 1 ? "every frame" : "every " + step + "th frame") + " before sampling";
    }

    @Override
    public List<String> scenes() {
        return SCENES;
    }

    @Override
    public SceneFiles open(String scene) throws IOException {
        String sequence = prefix + scene + (scene.equals("stairs") ? "/seq-02" : "/seq-01");
        List<Path> images = folder.list(sequence, "frame-[0-9]{6}\\.color\\.png", "the frames of scene " + scene);
        List<SceneFiles.Frame> frames = new ArrayList<>();
        for (int i = 0; i < images.size(); i += step) {
            String frame = sequence + String.format(Locale.ROOT, "/frame-%06d", i);
            frames.add(() -> load(frame));
        }
        Path mesh = folder.root().resolve(prefix + "meshes/" + scene + ".ply");
        return new SceneFiles(frames, Optional.of(Surfaces.of(folder, mesh, FUSION)));
    }

    private View load(String frame) throws IOException {
        Path file = folder.file(frame + ".color.png", "an image");
        Image image = Images.read(file);
        if (image.width() != WIDTH || image.height() != HEIGHT) {
            throw folder.malformed(file, "must be an image of 640x480, got " + image.width() + "x" + image.height());
        }
        Path poseFile = folder.file(frame + ".pose.txt", "a camera-to-world pose");
        Pose cameraToWorld = TextNumbers.pose(folder, poseFile, TextNumbers.read(folder, poseFile, 16));
        Path depth = folder.file(frame + ".depth.png", "the depth of an image");
        return Views.of(
                image,
                DepthCounts.read(folder, depth, image, METERS, NO_DEPTH),
                new Camera(cameraToWorld.inverse(), INTRINSICS));
    }
}
