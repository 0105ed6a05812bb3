package da3.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One folder of golden numbers: what was run, the inputs, and what came out. */
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

    /** What a function case called, for instance {@code mat_to_quat / quat_to_mat}. */
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

    /** Names of the expected tensors: {@code out.} and {@code mid.}, sorted. */
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
