package da3.train.run;

import da3.train.optimizer.ParameterSlot;
import da3.weights.safetensors.SafetensorsFile;
import da3.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a checkpoint. The folder itself is a model in the published layout with the current weights; {@code ema}
 * is one with their averages, which is the one to use; {@code training} contains the state for resuming the run.
 */
final class CheckpointFormat {

    private static final String WEIGHTS = "model.safetensors";
    private static final String EMA = "ema";
    private static final String TRAINING = "training";

    private CheckpointFormat() {}

    /**
     * Writes all files.
     *
     * @param averages averages of the trained parameters, in the order of the slots
     * @param config configuration of the run, as YAML
     */
    static void write(
            Path folder,
            MasterWeights weights,
            List<ParameterSlot> slots,
            List<float[]> averages,
            TrainingState state,
            String config)
            throws IOException {
        model(folder, weights, Map.of());
        Map<String, float[]> averaged = new HashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            averaged.put(slots.get(i).name(), averages.get(i));
        }
        model(Files.createDirectory(folder.resolve(EMA)), weights, averaged);
        Path training = Files.createDirectory(folder.resolve(TRAINING));
        state.write(training);
        Files.writeString(training.resolve("config.yaml"), config);
    }

    private static void model(Path folder, MasterWeights weights, Map<String, float[]> replaced) throws IOException {
        Map<String, SafetensorsWriter.Entry> tensors = new LinkedHashMap<>();
        weights.shapes().forEach((name, shape) -> {
            float[] values = replaced.getOrDefault(name, weights.values(name));
            long[] lengths = Arrays.stream(shape).asLongStream().toArray();
            tensors.put(name, SafetensorsWriter.Entry.floats(values, lengths));
        });
        SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
        Files.write(folder.resolve("config.json"), NetworkConfigJson.of(weights.config()));
    }

    /**
     * Reads the weights of a checkpoint into those of the run.
     *
     * @return the remaining state
     * @throws IOException if a file cannot be read, or contains another network
     */
    static TrainingState read(Path folder, MasterWeights weights) throws IOException {
        Path file = folder.resolve(WEIGHTS);
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            for (Map.Entry<String, int[]> tensor : weights.shapes().entrySet()) {
                String name = tensor.getKey();
                if (!tensors.tensors().containsKey(name)
                        || !tensors.tensors().get(name).hasShape(tensor.getValue())) {
                    throw new IOException(file + " must have a tensor " + name + " of shape "
                            + Arrays.toString(tensor.getValue()) + ", got "
                            + tensors.tensors().get(name));
                }
                tensors.readFloats(name, FloatBuffer.wrap(weights.values(name)));
            }
        }
        return TrainingState.read(folder.resolve(TRAINING));
    }
}
