package da3.weights;

import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.nn.Progress;
import da3.nn.WeightSource;
import da3.nn.WeightsException;
import da3.weights.config.Manifest;
import da3.weights.config.TiedNorms;
import da3.weights.safetensors.DType;
import da3.weights.safetensors.SafetensorsWriter;
import da3.weights.safetensors.SafetensorsWriter.Slot;
import da3.weights.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes weights as a published checkpoint, which the official library reads as well. One tensor at a time is held in
 * memory.
 *
 * <p>Written is what the networks read, and what official checkpoints hold besides if the source has it. The
 * {@linkplain TiedNorms shared norms} are written as the official routine does: once, under level 0, with the other
 * names in the metadata. Their numbers are those of level 3, the one that is read.
 */
public final class Conversion {

    private final WeightSource source;
    private final ConversionOptions options;
    private final Progress progress;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>(); // by the name they get
    private final Map<String, String> metadata = new LinkedHashMap<>(); // names of shared tensors, and of the model
    private final Optional<byte[]> configJson;
    private int done;

    /** @param name under which the source has it */
    private record Tensor(String name, int[] shape) {

        int elements() {
            return Arrays.stream(shape).reduce(1, Math::multiplyExact);
        }

        long[] longShape() {
            return Arrays.stream(shape).asLongStream().toArray();
        }
    }

    private Conversion(
            WeightSource source, ModelConfig config, ConfigFile file, ConversionOptions options, Progress progress) {
        this.source = source;
        this.configJson = file.json();
        file.modelName().ifPresent(name -> metadata.put(ConfigFile.MODEL_NAME, name));
        this.options = options;
        this.progress = progress;
        Manifest manifest = Manifest.of(config);
        manifest.required().forEach(this::add);
        manifest.unused().forEach((name, shape) -> {
            if (TiedNorms.kept(name).isEmpty() && source.has(name)) {
                add(name, shape);
            }
        });
    }

    /**
     * Writes a checkpoint that is either complete or not there.
     *
     * @param config of the model that the weights are for
     * @param preset whose configuration that is, if one's. A folder gets a config.json: the source's own, byte for byte,
     *     if it is a checkpoint with one, otherwise with the preset's name, which the files' metadata have too
     * @param target a file, if its name ends with {@code .safetensors}; a folder otherwise
     * @param progress told of every tensor written, of how many
     * @throws java.nio.file.FileAlreadyExistsException if there is something at the target and options do not allow to
     *     overwrite it
     * @throws java.nio.file.NotDirectoryException if a file is where a folder is to be
     * @throws IOException if the target cannot be written; the message names it
     * @throws IllegalArgumentException if the target has no name, the preset is another model's, or shards are asked for
     *     in a single file
     * @throws WeightsException if the source lacks a tensor, or a value is beyond the precision's range; the message
     *     names the tensor. Also if what is written would not bring back a configuration that is no preset's
     */
    public static ConversionReport write(
            WeightSource source,
            ModelConfig config,
            Optional<Preset> preset,
            Path target,
            ConversionOptions options,
            Progress progress)
            throws IOException {
        ConversionTarget to = ConversionTarget.of(target);
        return write(source, config, ConfigFile.of(source, config, preset, to), to, options, progress);
    }

    /** @param file what is written beside the tensors, right or wrong */
    static ConversionReport write(
            WeightSource source,
            ModelConfig config,
            ConfigFile file,
            ConversionTarget target,
            ConversionOptions options,
            Progress progress)
            throws IOException {
        if (target.isFile() && options.maxShardBytes().isPresent()) {
            throw new IllegalArgumentException(target.named() + " is a single file; legal for shards: a folder");
        }
        Conversion conversion = new Conversion(source, config, file, options, progress);
        target.requireFree(options.overwrite());
        try {
            return target.isFile() ? conversion.toFile(target.path()) : conversion.toFolder(target.path());
        } catch (IOException e) {
            throw target.unwritable(e);
        }
    }

    private void add(String name, int[] shape) {
        source.require(name, shape);
        Optional<String> kept = TiedNorms.kept(name);
        tensors.put(kept.orElse(name), new Tensor(name, shape));
        kept.ifPresent(levelZero -> {
            for (int level = 1; level <= 3; level++) {
                metadata.put(TiedNorms.level(name, level).orElseThrow(), levelZero);
            }
        });
    }

    private ConversionReport toFile(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        writeTensors(target, List.copyOf(tensors.keySet()), metadata);
        return report(List.of(target));
    }

    private ConversionReport toFolder(Path target) throws IOException {
        try (StagingFolder folder = StagingFolder.create(target)) {
            List<List<String>> shards = shards();
            if (shards.size() == 1) {
                writeTensors(folder.file(CheckpointFiles.MODEL), shards.get(0), metadata);
            } else {
                writeShards(folder, shards);
            }
            if (configJson.isPresent()) {
                Files.write(folder.file(CheckpointFiles.CONFIG), configJson.get());
            }
            return report(folder.commit());
        }
    }

    private void writeShards(StagingFolder folder, List<List<String>> shards) throws IOException {
        Map<String, String> fileOf = new LinkedHashMap<>();
        for (int i = 0; i < shards.size(); i++) {
            String name = StagingFolder.shard(i + 1, shards.size());
            shards.get(i).forEach(tensor -> fileOf.put(tensor, name));
            writeTensors(folder.file(name), shards.get(i), Map.of());
        }
        new ShardIndex(folder.file(CheckpointFiles.INDEX), fileOf, metadata).write(storedBytes());
    }

    /** In the order of the layers, each shard filled before the next, as the official library does. */
    private List<List<String>> shards() {
        List<List<String>> shards = new ArrayList<>(List.of(new ArrayList<>()));
        long limit = options.maxShardBytes().orElse(Long.MAX_VALUE);
        long filled = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            long bytes = bytes(tensor.getValue());
            if (filled > 0 && filled + bytes > limit) {
                shards.add(new ArrayList<>());
                filled = 0;
            }
            shards.get(shards.size() - 1).add(tensor.getKey());
            filled += bytes;
        }
        return shards;
    }

    private void writeTensors(Path file, List<String> names, Map<String, String> texts) throws IOException {
        List<Slot> slots = new ArrayList<>();
        int largest = 0;
        for (String name : names) {
            Tensor tensor = tensors.get(name);
            slots.add(new Slot(name, options.precision(), tensor.longShape()));
            largest = Math.max(largest, tensor.elements());
        }
        Map<String, String> withFormat = new LinkedHashMap<>(texts);
        withFormat.put("format", "pt"); // the official library asks for it
        FloatBuffer values = FloatBuffer.allocate(largest);
        try (SafetensorsWriter writer = SafetensorsWriter.begin(file, slots, withFormat)) {
            for (TensorInfo info : writer.tensors()) {
                writeTensor(writer, info, values);
                progress.step("tensors", ++done, tensors.size());
            }
            writer.commit();
        }
    }

    private void writeTensor(SafetensorsWriter writer, TensorInfo info, FloatBuffer values) throws IOException {
        Tensor tensor = tensors.get(info.name());
        DType precision = options.precision();
        source.read(tensor.name(), tensor.shape(), values.clear());
        int end = values.position();
        values.rewind();
        try {
            writer.put(info, into -> {
                values.limit(Math.min(end, values.position() + into.remaining() / precision.bytes()));
                precision.encode(values, into);
            });
        } catch (ArithmeticException e) {
            throw new WeightsException(
                    "tensor " + tensor.name() + " cannot be written: " + e.getMessage() + "; legal: F32", e);
        }
    }

    private ConversionReport report(List<Path> files) {
        return new ConversionReport(files, tensors.size(), storedBytes());
    }

    private long storedBytes() {
        return tensors.values().stream().mapToLong(this::bytes).sum();
    }

    private long bytes(Tensor tensor) {
        return (long) tensor.elements() * options.precision().bytes();
    }
}
