package da3.weights;

import da3.geometry.check.Check;
import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.nn.WeightSource;
import da3.nn.WeightsException;
import da3.weights.StoredTensors.Stored;
import da3.weights.config.HubConfig;
import da3.weights.config.Manifest;
import da3.weights.config.PresetRecognition;
import da3.weights.safetensors.DType;
import da3.weights.safetensors.FileDigest;
import da3.weights.safetensors.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A checkpoint as a source of weights: one or several safetensors files, with or without a config.json. All
 * floating-point types are converted to float.
 *
 * <p>The official library stores tensors that share storage once and lists their other names in the metadata; those
 * names can be read too. {@linkplain LegacyKeys Older layouts} are available under current names.
 *
 * <p>Files are untrusted: they are validated when they are opened, and no code in them is run. Pickle checkpoints of
 * PyTorch, which can run code, are rejected. Not thread-safe.
 */
public final class Checkpoint implements WeightSource {

    private static final int MAX_LISTED_PROBLEMS = 5;

    private final Path path;
    private final Optional<String> hint;
    private final CheckpointFiles files;
    private final StoredTensors tensors;
    private final Set<String> required = new HashSet<>(); // names in the files
    private final FileDigest digest;
    private Model model; // null until first used

    private record Model(ModelConfig config, Optional<Preset> preset) {}

    private Checkpoint(Path path, Optional<String> hint, CheckpointFiles files) throws IOException {
        this.path = path;
        this.hint = hint;
        this.files = files;
        this.tensors = StoredTensors.open(files);
        this.digest = new FileDigest(files.tensors());
    }

    /**
     * Opens a checkpoint and validates the headers of its files.
     *
     * @param path a folder with {@code model.safetensors}, or {@code model.safetensors.index.json} and its shards, or a
     *     single .safetensors file; or such a file or index itself. A {@code config.json} in the same folder is used
     * @throws java.nio.file.NoSuchFileException if there is nothing at this path
     * @throws da3.weights.safetensors.SafetensorsException if a file is not well-formed
     * @throws WeightsException if files are missing or contradict each other
     */
    public static Checkpoint open(Path path) throws IOException {
        return open(path, Optional.empty());
    }

    /**
     * Like {@link #open(Path)}, for a model whose name is known from another source.
     *
     * @param hint name of the model, which {@link #preset()} uses if the files do not contain one
     */
    public static Checkpoint open(Path path, Optional<String> hint) throws IOException {
        return new Checkpoint(path, hint, CheckpointFiles.find(path));
    }

    /**
     * Returns the configuration of the model, from config.json or recognized from its tensors. The first call checks
     * that all its tensors exist.
     *
     * @throws WeightsException if the configuration is not supported, no preset is recognized, or tensors are missing
     *     or have other shapes; the message names the first few
     */
    public ModelConfig config() {
        return model().config();
    }

    /**
     * Returns the preset with this configuration, or empty if there is none. The mono and the metric model have the
     * same tensors; a checkpoint is the metric model if its name contains {@code metric}. The name is the
     * {@code model_name} of config.json, that of the metadata, the hint that the checkpoint was opened with, or the
     * names of the file and its folder, whichever exists first.
     *
     * @throws WeightsException as {@link #config()} does
     */
    public Optional<Preset> preset() {
        return model().preset();
    }

    /** Returns the safetensors files. */
    public List<Path> files() {
        return files.tensors();
    }

    /** Returns the config.json of the checkpoint, if it has one. */
    Optional<Path> configFile() {
        return files.config();
    }

    /**
     * Returns the license of the weights as the files state it, in the key {@code license} of config.json or of the
     * front matter of a model card (README.md).
     *
     * @throws IOException if config.json or the model card cannot be read
     */
    public Optional<String> license() throws IOException {
        return CheckpointLicense.of(files.tensors().get(0).toAbsolutePath().getParent());
    }

    /** Returns the layout of the tensor names in the files. */
    public LegacyKeys.Layout layout() {
        return tensors.layout();
    }

    /** Returns the stored size of all tensors in bytes. */
    public long storedBytes() {
        return tensors.stored().mapToLong(info -> info.end() - info.begin()).sum();
    }

    /** Returns the types of all tensors. */
    public Set<DType> dtypes() {
        return tensors.stored()
                .map(TensorInfo::dtype)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DType.class)));
    }

    /**
     * Returns the names in the files of tensors that no network has required so far and that are not known to be
     * unused.
     */
    public List<String> unexpected() {
        List<String> names = new ArrayList<>();
        tensors.infos().forEach((name, info) -> {
            if (!required.contains(info.name()) && !Manifest.isUnused(name)) {
                names.add(info.name());
            }
        });
        return names;
    }

    @Override
    public boolean has(String name) {
        return tensors.find(name).isPresent();
    }

    @Override
    public void require(String name, int... shape) {
        problem(name, shape).ifPresent(problem -> {
            throw new WeightsException(path + ": " + problem);
        });
        tensors.find(name).ifPresent(stored -> required.add(stored.info().name()));
    }

    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        require(name, shape);
        try {
            tensors.find(name).orElseThrow().read(into);
        } catch (IOException e) {
            throw new WeightsException(path + ": tensor " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String description() {
        return path.toString();
    }

    /** Returns the SHA-256 of the file, or of the digests of its shards in their order; computed on first use. */
    @Override
    public Optional<String> hash() {
        return Optional.of(digest.value());
    }

    @Override
    public void close() {
        try {
            tensors.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Model model() {
        if (model == null) {
            Model found;
            try {
                found = files.config().isPresent() ? described(files.config().get()) : recognized();
            } catch (IOException e) {
                throw new WeightsException("config.json cannot be read: " + e.getMessage(), e);
            }
            requireAll(found.config());
            model = found;
        }
        return model;
    }

    private Model described(Path config) throws IOException {
        HubConfig hub = HubConfig.read(config);
        Optional<Preset> preset =
                PresetRecognition.of(hub.model(), hub.modelName().orElseGet(this::name));
        return new Model(preset.map(Preset::config).orElse(hub.model()), preset);
    }

    private Model recognized() {
        Preset preset = PresetRecognition.of(tensors.infos(), name(), description());
        return new Model(preset.config(), Optional.of(preset));
    }

    /** Returns the name of the model, which may distinguish models with the same tensors. */
    private String name() {
        return tensors.modelName().or(() -> hint).orElseGet(this::pathName);
    }

    private String pathName() {
        Path file = files.tensors().get(0).toAbsolutePath().normalize();
        return file.getParent().getFileName() + " " + file.getFileName();
    }

    private void requireAll(ModelConfig config) {
        List<String> problems = new ArrayList<>();
        Manifest.of(config).required().forEach((name, shape) -> {
            problem(name, shape).ifPresent(problems::add);
            tensors.find(name).ifPresent(stored -> required.add(stored.info().name()));
        });
        if (!problems.isEmpty()) {
            int more = problems.size() - MAX_LISTED_PROBLEMS;
            throw new WeightsException(path + " does not match its model: "
                    + String.join("; ", problems.subList(0, Math.min(MAX_LISTED_PROBLEMS, problems.size())))
                    + (more > 0 ? "; and " + more + " more tensors" : ""));
        }
    }

    /** Returns the reason why a network cannot read a tensor, or empty if it can. */
    private Optional<String> problem(String name, int[] shape) {
        Optional<Stored> stored = tensors.find(name);
        if (stored.isEmpty()) {
            return Optional.of("there is no tensor " + name + " of shape " + Arrays.toString(shape));
        }
        TensorInfo tensor = stored.get().info();
        Path file = stored.get().file().path().getFileName();
        String shownName = tensor.name().equals(name) ? name : name + " (stored as " + tensor.name() + ")";
        if (!tensor.hasShape(shape)) {
            return Optional.of(Check.message(
                    "shape of tensor " + shownName + " in " + file,
                    Arrays.toString(shape),
                    Arrays.toString(tensor.shape())));
        }
        if (!tensor.dtype().isFloating()) {
            return Optional.of(Check.message(
                    "type of tensor " + shownName + " in " + file, "F64, F32, F16 or BF16", tensor.dtype()));
        }
        return Optional.empty();
    }
}
