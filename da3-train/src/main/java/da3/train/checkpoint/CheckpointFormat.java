package da3.train.checkpoint;

import da3.train.lora.LoraAdapter;
import da3.train.lora.PeftFiles;
import da3.train.model.MasterWeights;
import da3.train.optimizer.ParameterSlot;
import da3.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a checkpoint. The folder itself is a model in the published layout with the current weights; {@code ema}
 * is one with their averages, which is the one to use; {@code training} contains the state for resuming the run. If the
 * run trains adapters, they are merged into both models, and each also has its folder {@code adapter}.
 */
public final class CheckpointFormat {

    /** Folder of the model with averaged weights. */
    static final String EMA = "ema";

    /** File of the configuration. */
    static final String CONFIG = "training/config.yaml";

    private static final String ADAPTER = "adapter";
    private static final String TRAINING = "training";

    private CheckpointFormat() {}

    /**
     * Writes all files.
     *
     * @param folder existing empty folder
     * @param weights current weights
     * @param slots the trained parameters
     * @param averages averages of the trained parameters, in the order of the slots
     * @param config configuration of the run, as YAML
     * @throws IOException if a file cannot be written
     */
    public static void write(
            Path folder,
            MasterWeights weights,
            List<ParameterSlot> slots,
            List<float[]> averages,
            TrainingState state,
            String config)
            throws IOException {
        model(folder, weights, slots, weights.values(slots));
        model(Files.createDirectory(folder.resolve(EMA)), weights, slots, averages);
        Path training = Files.createDirectory(folder.resolve(TRAINING));
        state.write(training);
        Files.writeString(folder.resolve(CONFIG), config);
    }

    /** @param current values of the trained parameters, in the order of the slots */
    private static void model(Path folder, MasterWeights weights, List<ParameterSlot> slots, List<float[]> current)
            throws IOException {
        Map<String, float[]> trained = new HashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            trained.put(slots.get(i).name(), current.get(i));
        }
        Optional<LoraAdapter> adapter = weights.adapter(slots, current);
        ModelFiles.write(
                folder,
                weights.config(),
                weights.shapes(),
                name -> {
                    float[] values = trained.getOrDefault(name, weights.values(name));
                    return adapter.map(a -> a.applied(name, weights.shapes().get(name), values))
                            .orElse(values);
                },
                weights.base());
        if (adapter.isPresent()) {
            PeftFiles.write(folder.resolve(ADAPTER), adapter.get());
        }
    }

    /**
     * Reads the weights of a checkpoint into those of the run.
     *
     * @param folder folder that {@link #write} has written
     * @param weights weights of the same network; their arrays are overwritten
     * @return the remaining state
     * @throws IOException if a file cannot be read, or contains another network, or was trained on another base
     */
    public static TrainingState read(Path folder, MasterWeights weights) throws IOException {
        Optional<LoraAdapter> adapter = Optional.empty();
        if (!weights.adapters().isEmpty()) {
            adapter = Optional.of(PeftFiles.read(folder.resolve(ADAPTER)));
            readAdapters(folder.resolve(ADAPTER), adapter.get(), weights);
        }
        Path file = folder.resolve(ModelFiles.WEIGHTS);
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            for (Map.Entry<String, int[]> tensor : weights.shapes().entrySet()) {
                String name = tensor.getKey();
                int[] shape = tensor.getValue();
                if (!tensors.tensors().containsKey(name)
                        || !tensors.tensors().get(name).hasShape(shape)) {
                    throw new IOException(file + " must have a tensor " + name + " of shape " + Arrays.toString(shape)
                            + ", got " + tensors.tensors().get(name));
                }
                float[] values = weights.values(name);
                if (!weights.isAdapted(name)) {
                    tensors.readFloats(name, FloatBuffer.wrap(values));
                    continue;
                }
                float[] merged = new float[values.length];
                tensors.readFloats(name, FloatBuffer.wrap(merged));
                if (!Arrays.equals(merged, adapter.orElseThrow().applied(name, shape, values))) {
                    throw new IOException(name + " in " + file + " must be the weight of the base with its adapter: "
                            + "model.checkpoint must be the base of the run");
                }
            }
        }
        return TrainingState.read(folder.resolve(TRAINING));
    }

    private static void readAdapters(Path folder, LoraAdapter adapter, MasterWeights weights) throws IOException {
        for (Map.Entry<String, LoraAdapter.Tensor> entry : weights.adapters().entrySet()) {
            LoraAdapter.Tensor read = adapter.tensors().get(entry.getKey());
            int[] shape = entry.getValue().shape();
            if (read == null || !Arrays.equals(read.shape(), shape)) {
                throw new IOException(folder + " must have a matrix " + entry.getKey() + " of shape "
                        + Arrays.toString(shape) + ", got " + (read == null ? "none" : Arrays.toString(read.shape())));
            }
            System.arraycopy(read.values(), 0, entry.getValue().values(), 0, read.values().length);
        }
    }
}
