package da3.evaluation.suite.dataset;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.lens.BrownConrady;
import da3.geometry.lens.Undistortion;
import da3.io.Images;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The 140 scenes of the DL3DV benchmark (Ling et al., 2024), as in the paper at a height of 270 and a width of 480:
 * images with cameras in the format of Nerfstudio, for view synthesis and poses.
 */
final class Dl3dv implements DataSet {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 270;

    /** Images at an eighth of their size. */
    private static final String IMAGES = "images_8";

    private final DataSetFolder folder;
    private final List<String> scenes;

    /** @throws IOException if there is no scene */
    Dl3dv(Path root) throws IOException {
        folder = new DataSetFolder(
                root, "DL3DV", "https://huggingface.co/datasets/DL3DV/DL3DV-Benchmark (480P, nerfstudio)");
        scenes = folder.list("", "[0-9a-f]{8,64}", "the scenes of the benchmark").stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }

    @Override
    public String description() {
        return "DL3DV benchmark, undistorted, 270x480";
    }

    @Override
    public List<String> scenes() {
        return scenes;
    }

    @Override
    public SceneFiles open(String scene) throws IOException {
        Path file = folder.file(scene + "/nerfstudio/transforms.json", "the cameras of a scene");
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(file.toFile());
        } catch (JacksonException e) {
            throw folder.malformed(file, "is no valid JSON: " + e.getOriginalMessage());
        }
        BrownConrady lens = lens(file, json);
        List<SceneFiles.Frame> frames = new ArrayList<>();
        for (JsonNode frame : json.path("frames")) {
            String image =
                    Path.of(frame.path("file_path").asText()).getFileName().toString();
            Pose pose = pose(file, frame.path("transform_matrix"));
            frames.add(() -> load(scene + "/nerfstudio/" + IMAGES + "/" + image, lens, pose));
        }
        if (frames.isEmpty()) {
            throw folder.malformed(file, "has no frames");
        }
        return new SceneFiles(frames, Optional.empty());
    }

    /** The lens for images of 270x480; the file describes it for the size of the video. */
    private BrownConrady lens(Path file, JsonNode json) throws IOException {
        double sx = WIDTH / number(file, json, "w");
        double sy = HEIGHT / number(file, json, "h");
        Intrinsics intrinsics = new Intrinsics(
                        number(file, json, "fl_x"),
                        number(file, json, "fl_y"),
                        number(file, json, "cx"),
                        number(file, json, "cy"))
                .scaled(sx, sy);
        double[] matrix = intrinsics.matrix().toArray();
        return new BrownConrady(
                TextNumbers.intrinsics(folder, file, matrix),
                json.path("k1").asDouble(),
                json.path("k2").asDouble(),
                json.path("p1").asDouble(),
                json.path("p2").asDouble(),
                0,
                0,
                0,
                0);
    }

    private double number(Path file, JsonNode json, String name) throws IOException {
        JsonNode value = json.path(name);
        if (!value.isNumber()) {
            throw folder.malformed(file, "must have a number '" + name + "', got " + value);
        }
        return value.asDouble();
    }

    /** From camera-to-world with y up and z backward. */
    private Pose pose(Path file, JsonNode matrix) throws IOException {
        double[] m = new double[12];
        for (int i = 0; i < m.length; i++) {
            JsonNode value = matrix.path(i / 4).path(i % 4);
            if (!value.isNumber()) {
                throw folder.malformed(file, "must have a transform_matrix of 4x4 numbers, got " + matrix);
            }
            m[i] = i % 4 == 1 || i % 4 == 2 ? -value.asDouble() : value.asDouble();
        }
        return TextNumbers.pose(folder, file, m).inverse();
    }

    private View load(String name, BrownConrady lens, Pose pose) throws IOException {
        Path file = folder.file(name, "an image at 270x480");
        Image image = Images.readStored(file);
        if (image.width() != WIDTH || image.height() != HEIGHT) {
            throw folder.malformed(file, "must be an image of 480x270, got " + image.width() + "x" + image.height());
        }
        Undistortion undistortion = Undistortion.of(lens, WIDTH, HEIGHT);
        Image straight = undistortion.apply(image);
        View view = Views.withoutDepth(straight, new Camera(pose, undistortion.intrinsics()));
        return ViewResize.to(view, WIDTH, HEIGHT);
    }
}
