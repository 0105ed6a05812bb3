package da3.weights;

import da3.geometry.check.Check;
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
 * Writes weights as a checkpoint that the official library can read. Only one tensor at a time is in memory.
 *
 * <p>The checkpoint contains all tensors that the networks read, and other tensors of official checkpoints if the
 * source has them. {@linkplain TiedNorms Shared norms} are stored once as level 0, like the official library does, with
 * their other names in the metadata. Their values are those of level 3, which networks read.
 */
public final class Conversion {

    private final WeightSource source;
    private final ConversionOptions options;
    private final Progress progress;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>(); // by the written name
    private final Map<String, String> metadata = new LinkedHashMap<>(); // names of shared tensors, and of the model
    private final Optional<byte[]> configJson;
    private int done;

    /** @param name name in the source */
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
            if (TiedNorms.storedName(name).isEmpty() && source.has(name)) {
                add(name, shape);
            }
        });
    }

    /**
     * Writes a checkpoint atomically.
     *
     * @param config configuration of the model
     * @param preset preset with this configuration, if known. A folder gets a config.json: a copy of that of the source
     *     if it is a checkpoint with one, otherwise with the name of the preset, which is also in the metadata
     * @param target a file if its name ends in {@code .safetensors}, a folder otherwise
     * @param progress receives the number of written tensors
     * @throws java.nio.file.FileAlreadyExistsException if the target exists and options do not allow overwriting it
     * @throws java.nio.file.NotDirectoryException if the target is a folder but a file exists in its place
     * @throws IOException if the target cannot be written; the message names it
     * @throws IllegalArgumentException if the target has no name, the preset has another configuration, or shards are
     *     requested for a single file
     * @throws WeightsException if the source lacks a tensor, a value is beyond the range of the precision, or the
     *     target cannot represent the configuration
     */
    public static ConversionReport write(
            WeightSource source,
            ModelConfig config,
            Optional<Preset> preset,
            Path target,
            ConversionOptions options,
            Progress progress)
            throws IOException {
        ConversionTarget conversionTarget = ConversionTarget.of(target);
        return write(
                source,
                config,
                ConfigFile.of(source, config, preset, conversionTarget),
                conversionTarget,
                options,
                progress);
    }

    /** @param file description of the model, which is written without checks */
    static ConversionReport write(
            WeightSource source,
            ModelConfig config,
            ConfigFile file,
            ConversionTarget target,
            ConversionOptions options,
            Progress progress)
            throws IOException {
        if (target.isFile() && options.maxShardBytes().isPresent()) {
            throw Check.invalid("target of a conversion to shards", "a folder", target.named());
        }
        Conversion conversion = new Conversion(source, config, file, options, progress);
        target.requireWritable(options.overwrite());
        try {
            return target.isFile() ? conversion.writeFile(target.path()) : conversion.writeFolder(target.path());
        } catch (IOException e) {
            throw target.writeFailure(e);
        }
    }

    private void add(String name, int[] shape) {
        source.require(name, shape);
        Optional<String> storedName = TiedNorms.storedName(name);
        tensors.put(storedName.orElse(name), new Tensor(name, shape));
        storedName.ifPresent(levelZero -> {
            for (int level = 1; level <= 3; level++) {
                metadata.put(TiedNorms.nameAtLevel(name, level).orElseThrow(), levelZero);
            }
        });
    }

    private ConversionReport writeFile(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        writeTensors(target, List.copyOf(tensors.keySet()), metadata);
        return report(List.of(target));
    }

    private ConversionReport writeFolder(Path target) throws IOException {
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

    /**
     * Distributes tensors to shards in the order of layers, filling each shard before the next, like the official
     * library.
     */
    private List<List<String>> shards() {
        List<List<String>> shards = new ArrayList<>(List.of(new ArrayList<>()));
        long limit = options.maxShardBytes().orElse(Long.MAX_VALUE);
        long shardBytes = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            long bytes = bytes(tensor.getValue());
            if (shardBytes > 0 && shardBytes + bytes > limit) {
                shards.add(new ArrayList<>());
                shardBytes = 0;
            }
            shards.get(shards.size() - 1).add(tensor.getKey());
            shardBytes += bytes;
        }
        return shards;
    }

    private void writeTensors(Path file, List<String> names, Map<String, String> fileMetadata) throws IOException {
        List<Slot> slots = new ArrayList<>();
        int largest = 0;
        for (String name : names) {
            Tensor tensor = tensors.get(name);
            slots.add(new Slot(name, options.precision(), tensor.longShape()));
            largest = Math.max(largest, tensor.elements());
        }
        Map<String, String> withFormat = new LinkedHashMap<>(fileMetadata);
        withFormat.put("format", "pt"); // required by the official library
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
                    "tensor " + tensor.name() + " cannot be written: " + e.getMessage() + "; use F32", e);
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
