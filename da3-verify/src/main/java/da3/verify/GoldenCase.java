package da3.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A golden case: a folder with a description, input tensors, and output tensors of the reference. */
final class GoldenCase implements AutoCloseable {

    private final Path folder;
    private final JsonNode description;
    private final SafetensorsFile tensors;

    private GoldenCase(Path folder, JsonNode description, SafetensorsFile tensors) {
        this.folder = folder;
        this.description = description;
        this.tensors = tensors;
    }

    static GoldenCase open(Path folder) throws IOException {
        JsonNode description =
                new ObjectMapper().readTree(folder.resolve("case.json").toFile());
        return new GoldenCase(folder, description, SafetensorsFile.open(folder.resolve("tensors.safetensors")));
    }

    String name() {
        return description.path("name").asText(folder.getFileName().toString());
    }

    boolean isForward() {
        return description.path("kind").asText().equals("forward");
    }

    boolean isGradient() {
        return description.path("kind").asText().equals("gradient");
    }

    boolean isTraining() {
        return description.path("kind").asText().equals("training");
    }

    /** Returns the function that a function case calls, for instance {@code mat_to_quat / quat_to_mat}. */
    String function() {
        return description.path("function").asText();
    }

    JsonNode params() {
        return description.path("params");
    }

    JsonNode model() {
        return description.path("model");
    }

    JsonNode options() {
        return description.path("options");
    }

    Path folder() {
        return folder;
    }

    boolean has(String tensor) {
        return tensors.tensors().containsKey(tensor);
    }

    GoldenTensor tensor(String name) throws IOException {
        return GoldenTensor.read(tensors, name);
    }

    /** Returns the input cameras of the scene of the case, one for each view; empty if it has none. */
    Optional<List<Camera>> cameras() throws IOException {
        if (!has("in.extrinsics")) {
            return Optional.empty();
        }
        GoldenTensor poses = tensor("in.extrinsics"); // (1, views, 4, 4)
        double[] extrinsics = poses.doubles();
        double[] intrinsics = tensor("in.intrinsics").doubles(); // (1, views, 3, 3)
        List<Camera> cameras = new ArrayList<>();
        for (int v = 0; v < poses.size(1); v++) {
            cameras.add(new Camera(Pose.ofMatrix(extrinsics, v * 16), Intrinsics.ofMatrix(intrinsics, v * 9)));
        }
        return Optional.of(cameras);
    }

    /** Returns the sorted names of the expected tensors, which begin with {@code out.} or {@code mid.}. */
    List<String> expected() {
        return tensors.tensors().keySet().stream()
                .filter(name -> !name.startsWith("in."))
                .sorted()
                .toList();
    }

    @Override
    public void close() throws IOException {
        tensors.close();
    }
}
