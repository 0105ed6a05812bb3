package da3.evaluation.suite.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.io.colmap.ColmapCamera;
import da3.io.colmap.ColmapCameraModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Frames of a {@code transforms.json} of Nerfstudio: one camera with the distortion of OpenCV for all images, and a
 * camera-to-world matrix with the axes of OpenGL for each.
 */
final class NerfstudioFrames {

    private static final List<String> PARAMETERS = List.of("fl_x", "fl_y", "cx", "cy", "k1", "k2", "p1", "p2");

    /** Turns axes of OpenGL, y up and z backward, into those of OpenCV. */
    private static final Pose OPENGL = new Pose(new Mat3(1, 0, 0, 0, -1, 0, 0, 0, -1), Vec3.ZERO);

    private NerfstudioFrames() {}

    /**
     * Lists the images by their names.
     *
     * @param transforms the file, below the root
     * @param images folder of the images, below the root, in place of the one that the file names
     */
    static List<SceneFiles.Frame> list(DataSetFolder folder, String transforms, String images) throws IOException {
        Path file = folder.file(transforms, "the cameras of a scene");
        JsonNode root = parsed(folder, file);
        ColmapCamera camera = camera(folder, file, root);
        List<JsonNode> sorted = new ArrayList<>();
        root.path("frames").forEach(sorted::add);
        sorted.sort(Comparator.comparing(NerfstudioFrames::name));
        List<SceneFiles.Frame> frames = new ArrayList<>();
        for (JsonNode frame : sorted) {
            Pose pose = pose(folder, file, frame.path("transform_matrix"));
            frames.add(() -> ColmapFrames.load(folder, images + "/" + name(frame), pose, camera));
        }
        if (frames.isEmpty()) {
            throw folder.malformed(file, "has no frames");
        }
        return frames;
    }

    private static JsonNode parsed(DataSetFolder folder, Path file) throws IOException {
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw folder.malformed(file, "is not JSON: " + e.getOriginalMessage());
        }
    }

    /** Returns the name of an image without its folder. */
    private static String name(JsonNode frame) {
        String path = frame.path("file_path").asText();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static ColmapCamera camera(DataSetFolder folder, Path file, JsonNode root) throws IOException {
        double[] parameters = new double[PARAMETERS.size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = number(folder, file, root.path(PARAMETERS.get(i)), PARAMETERS.get(i));
        }
        int width = (int) number(folder, file, root.path("w"), "w");
        int height = (int) number(folder, file, root.path("h"), "h");
        try {
            return new ColmapCamera(1, ColmapCameraModel.OPENCV, width, height, parameters);
        } catch (IllegalArgumentException e) {
            throw folder.malformed(file, "has no valid camera: " + e.getMessage());
        }
    }

    /** Returns the world-to-camera pose of a camera-to-world matrix. */
    private static Pose pose(DataSetFolder folder, Path file, JsonNode matrix) throws IOException {
        double[] entries = new double[12];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = number(folder, file, matrix.path(i / 4).path(i % 4), "an entry of transform_matrix");
        }
        return OPENGL.compose(TextNumbers.pose(folder, file, entries).inverse());
    }

    private static double number(DataSetFolder folder, Path file, JsonNode value, String name) throws IOException {
        if (!value.isNumber()) {
            throw folder.malformed(file, "must have a number as " + name + ", got '" + value.asText() + "'");
        }
        return value.asDouble();
    }
}
