package da3.train.checkpoint;

import da3.nn.ModelConfig;
import da3.train.lora.BaseModel;
import da3.weights.safetensors.DType;
import da3.weights.safetensors.SafetensorsWriter;
import da3.weights.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes a model in the published layout. */
final class ModelFiles {

    static final String WEIGHTS = "model.safetensors";

    private ModelFiles() {}

    /**
     * Writes the files of a model into an existing folder.
     *
     * @param shapes shapes of the tensors, by name
     * @param values returns the values of a tensor; called once per name
     * @param base model that it was fine-tuned from
     */
    static void write(
            Path folder,
            ModelConfig config,
            Map<String, int[]> shapes,
            Function<String, float[]> values,
            Optional<BaseModel> base)
            throws IOException {
        Files.write(folder.resolve("config.json"), NetworkConfigJson.of(config, base));
        Map<String, String> metadata = Map.of("format", "pt");
        try (SafetensorsWriter writer = SafetensorsWriter.begin(
                folder.resolve(WEIGHTS),
                shapes.entrySet().stream()
                        .map(tensor -> new SafetensorsWriter.Slot(
                                tensor.getKey(),
                                DType.F32,
                                Arrays.stream(tensor.getValue()).asLongStream().toArray()))
                        .toList(),
                metadata)) {
            for (TensorInfo info : writer.tensors()) {
                float[] tensor = values.apply(info.name());
                int[] next = {0};
                writer.put(info, into -> {
                    int count = into.remaining() / Float.BYTES;
                    into.asFloatBuffer().put(tensor, next[0], count);
                    into.position(into.limit());
                    next[0] += count;
                });
            }
            writer.commit();
        }
    }
}
