package da3.weights;

import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.nn.WeightSource;
import da3.nn.WeightsException;
import da3.weights.StoredTensors.Stored;
import da3.weights.config.HubConfig;
import da3.weights.config.Manifest;
import da3.weights.config.PresetRecognition;
import da3.weights.safetensors.DType;
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
 * A published checkpoint as a source of weights: one safetensors file or several, with or without a config.json. Every
 * floating-point type is read as float.
 *
 * <p>Tensors that share storage are written once by the official saving routine, which names the others in the
 * metadata; those names can be read too. {@linkplain LegacyKeys Older layouts} are read under today's names.
 *
 * <p>Files are untrusted: they are checked when they are opened, nothing in them is ever run, and PyTorch's own
 * checkpoints, which can run code, are refused. Not thread-safe.
 */
public final class Checkpoint implements WeightSource {

    private static final int PROBLEMS_NAMED = 5;

    private final Path path;
    private final Optional<String> hint;
    private final CheckpointFiles files;
    private final StoredTensors tensors;
    private final Set<String> required = new HashSet<>(); // as named in the files
    private Model model; // null until asked for
    private String hash; // likewise

    private record Model(ModelConfig config, Optional<Preset> preset) {}

    private Checkpoint(Path path, Optional<String> hint, CheckpointFiles files) throws IOException {
        this.path = path;
        this.hint = hint;
        this.files = files;
        this.tensors = StoredTensors.open(files);
    }

    /**
     * Opens a checkpoint and checks its files' headers.
     *
     * @param path a folder with {@code model.safetensors}, or {@code model.safetensors.index.json} and its shards, or a
     *     single .safetensors file; or such a file or index itself. A {@code config.json} in the same folder is used.
     * @throws java.nio.file.NoSuchFileException if there is nothing at this path
     * @throws da3.weights.safetensors.SafetensorsException if a file is not well-formed
     * @throws WeightsException if files are missing or disagree
     */
    public static Checkpoint open(Path path) throws IOException {
        return open(path, Optional.empty());
    }

    /**
     * As {@link #open(Path)}, of a model whose name is known from elsewhere.
     *
     * @param hint the model's name, which {@link #preset()} uses where the files do not state one
     */
    public static Checkpoint open(Path path, Optional<String> hint) throws IOException {
        return new Checkpoint(path, hint, CheckpointFiles.find(path));
    }

    /**
     * The model that this is, from config.json or recognized from its tensors, and compared with them the first time.
     *
     * @throws WeightsException if the configuration is not supported, no preset is recognized, or tensors are missing or
     *     of another shape; the message names the first few
     */
    public ModelConfig config() {
        return model().config();
    }

    /**
     * The preset, if the configuration is one's. The mono and the metric model have the same tensors: this is the metric
     * one if its name has {@code metric} in it. The name is the {@code model_name} of config.json, or else that of the
     * files' metadata, or else the hint that it was opened with, or else the names of the file and its folder.
     *
     * @throws WeightsException as {@link #config()} does
     */
    public Optional<Preset> preset() {
        return model().preset();
    }

    /** The safetensors files. */
    public List<Path> files() {
        return files.tensors();
    }

    /** The config.json beside them. */
    Optional<Path> configFile() {
        return files.config();
    }

    /** How the files name their tensors. */
    public LegacyKeys.Layout layout() {
        return tensors.layout();
    }

    /** Bytes of all tensors, as stored. */
    public long storedBytes() {
        return tensors.stored().mapToLong(info -> info.end() - info.begin()).sum();
    }

    /** The types of all tensors. */
    public Set<DType> dtypes() {
        return tensors.stored()
                .map(TensorInfo::dtype)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DType.class)));
    }

    /**
     * Tensors, as named in the files, that no network has required so far and that are not known to be unused at
     * inference.
     */
    public List<String> unexpected() {
        List<String> names = new ArrayList<>();
        tensors.infos().forEach((today, info) -> {
            if (!required.contains(info.name()) && !Manifest.isUnused(today)) {
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

    /** SHA-256 of the file, or of its shards' digests in their order; taken when first asked for. */
    @Override
    public synchronized Optional<String> hash() {
        if (hash == null) {
            try {
                hash = FileDigests.of(files.tensors());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.of(hash);
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

    /** Of the model, which may say what tensors cannot. */
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
            int more = problems.size() - PROBLEMS_NAMED;
            throw new WeightsException(path + " does not hold its model: "
                    + String.join("; ", problems.subList(0, Math.min(PROBLEMS_NAMED, problems.size())))
                    + (more > 0 ? "; and " + more + " more tensors" : ""));
        }
    }

    /** What keeps a network from reading a tensor. */
    private Optional<String> problem(String name, int[] shape) {
        Optional<Stored> stored = tensors.find(name);
        if (stored.isEmpty()) {
            return Optional.of("no tensor " + name + " (expected with shape " + Arrays.toString(shape) + ")");
        }
        TensorInfo tensor = stored.get().info();
        Path file = stored.get().file().path().getFileName();
        String called = tensor.name().equals(name) ? name : name + " (there " + tensor.name() + ")";
        if (!tensor.hasShape(shape)) {
            return Optional.of("tensor " + called + " in " + file + " has shape " + Arrays.toString(tensor.shape())
                    + "; expected: " + Arrays.toString(shape));
        }
        if (!tensor.dtype().isFloating()) {
            return Optional.of(
                    "tensor " + called + " in " + file + " is " + tensor.dtype() + "; expected: F64, F32, F16 or BF16");
        }
        return Optional.empty();
    }
}
