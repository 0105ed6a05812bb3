package da3.train.model;

import da3.core.ModelSource;
import da3.nn.LoraUpdate;
import da3.nn.ModelConfig;
import da3.nn.WeightSource;
import da3.nn.WeightsException;
import da3.train.lora.BaseModel;
import da3.train.lora.LoraAdapter;
import da3.train.lora.LoraOptions;
import da3.train.optimizer.ParameterSlot;
import da3.train.yaml.ConfigException;
import da3.weights.SeededWeights;
import da3.weights.config.Manifest;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * The weights of a run in float32 on the host: those of the network, and the matrices of adapters if there are any.
 * Optimizers update them, and engines have copies.
 */
public final class MasterWeights implements WeightSource {

    private final ModelConfig config;
    private final Map<String, int[]> shapes;
    private final Map<String, float[]> values; // also of adapters
    private final TrainedParameters train;
    private final Optional<BaseModel> base;
    private final Optional<LoraOptions> lora;
    private final Map<String, LoraAdapter.Tensor> adapters; // the arrays are those of the values

    private MasterWeights(
            ModelConfig config,
            Map<String, int[]> shapes,
            Map<String, float[]> values,
            TrainedParameters train,
            Optional<BaseModel> base,
            Optional<LoraOptions> lora,
            Map<String, LoraAdapter.Tensor> adapters) {
        this.config = config;
        this.shapes = shapes;
        this.values = values;
        this.train = train;
        this.base = base;
        this.lora = lora;
        this.adapters = adapters;
    }

    /**
     * Initializes or reads the initial weights of a run.
     *
     * @param seed seed of random initial values
     * @throws ConfigException if the checkpoint is neither a path nor the name of a model, or a new head or adapters do
     *     not fit it
     * @throws IOException if the checkpoint cannot be read
     */
    public static MasterWeights of(ModelSettings model, long seed) throws IOException {
        if (model.fineTuning().isPresent()) {
            return fineTuned(model.fineTuning().get(), model.initialization(), seed);
        }
        ModelConfig config = model.network().orElseThrow();
        Map<String, int[]> shapes = Manifest.of(config).required();
        Map<String, float[]> values = new LinkedHashMap<>();
        if (model.seeded()) {
            try (SeededWeights seeded = new SeededWeights()) {
                shapes.forEach((name, shape) -> values.put(name, read(seeded, name, shape)));
            }
        } else {
            shapes.forEach(
                    (name, shape) -> values.put(name, model.initialization().values(name, shape, values.size(), seed)));
        }
        return new MasterWeights(
                config, shapes, values, TrainedParameters.ALL, Optional.empty(), Optional.empty(), Map.of());
    }

    private static MasterWeights fineTuned(FineTuning settings, Initialization initialization, long seed)
            throws IOException {
        try (ModelSource source = ModelSource.open(settings.reference(), ModelSource.hub())) {
            Optional<NewGaussianHead> head = settings.gaussianHead();
            ModelConfig config = settings.config(source.config());
            Map<String, int[]> shapes = Manifest.of(config).required();
            Map<String, float[]> values = new LinkedHashMap<>();
            shapes.forEach((name, shape) -> values.put(
                    name,
                    head.isPresent() && NewGaussianHead.contains(name)
                            ? head.get().values(name, shape, values.size(), seed, initialization)
                            : read(source.weights(), name, shape)));
            BaseModel base = BaseModel.of(settings.base(), source);
            Map<String, LoraAdapter.Tensor> adapters =
                    settings.lora().map(lora -> lora.tensors(shapes)).orElse(Map.of());
            adapters.forEach((name, tensor) -> values.put(name, tensor.values()));
            return new MasterWeights(
                    config,
                    shapes,
                    values,
                    settings.trained(),
                    Optional.of(base),
                    settings.lora().map(FineTuning.Lora::options),
                    adapters);
        }
    }

    private static float[] read(WeightSource source, String name, int[] shape) {
        float[] tensor = new float[size(shape)];
        source.read(name, shape, FloatBuffer.wrap(tensor));
        return tensor;
    }

    /** Returns the configuration of the network. */
    public ModelConfig config() {
        return config;
    }

    /** Returns the model that is fine-tuned; empty for new weights. */
    public Optional<BaseModel> base() {
        return base;
    }

    /**
     * Returns the slots of the parameters that the optimizers train, in the order of the network, followed by those of
     * adapters.
     *
     * @param optimized whether the optimizers update a parameter, by its name; asked only for those that the settings of
     *     the model train
     * @throws ConfigException if there are none
     */
    public List<ParameterSlot> trained(Predicate<String> optimized) {
        Map<String, int[]> candidates = new LinkedHashMap<>();
        int depth = config.main().backbone().depth();
        shapes.forEach((name, shape) -> {
            if (train.includes(name, depth) && !isAdapted(name)) {
                candidates.put(name, shape);
            }
        });
        adapters.forEach((name, tensor) -> candidates.put(name, tensor.shape()));
        List<ParameterSlot> slots = candidates.entrySet().stream()
                .filter(e -> optimized.test(e.getKey()))
                .map(e -> new ParameterSlot(
                        e.getKey(), Arrays.stream(e.getValue()).boxed().toList()))
                .toList();
        if (slots.isEmpty()) {
            throw new ConfigException("model.train and optimization.groups must leave parameters to train, got none");
        }
        return slots;
    }

    /** Returns whether a weight of the network has an adapter. */
    public boolean isAdapted(String name) {
        return updateRank(name).isPresent();
    }

    /**
     * Returns the adapter of the run, or empty if the run trains none. It includes the tensors that are trained whole.
     *
     * @param slots the trained parameters
     * @param current values of the trained parameters, in the order of the slots
     */
    public Optional<LoraAdapter> adapter(List<ParameterSlot> slots, List<float[]> current) {
        return lora.map(options -> {
            Map<String, LoraAdapter.Tensor> tensors = new LinkedHashMap<>(adapters);
            for (int i = 0; i < slots.size(); i++) {
                int[] shape = slots.get(i).shape().stream().mapToInt(n -> n).toArray();
                tensors.put(slots.get(i).name(), new LoraAdapter.Tensor(shape, current.get(i)));
            }
            return new LoraAdapter(options, tensors, base.orElseThrow());
        });
    }

    /** Returns the matrices of adapters by name, whose arrays are those of the run; empty without adapters. */
    public Map<String, LoraAdapter.Tensor> adapters() {
        return adapters;
    }

    /** Returns the values of a tensor of the network or of an adapter without copying them; null for another name. */
    public float[] values(String name) {
        return values.get(name);
    }

    /** Returns the values of parameters, in the order of the slots, without copying them. */
    public List<float[]> values(List<ParameterSlot> slots) {
        return slots.stream().map(slot -> values.get(slot.name())).toList();
    }

    /** Returns the shapes of the tensors of the network, without adapters. */
    public Map<String, int[]> shapes() {
        return shapes;
    }

    /** Returns the number of values of the network and of adapters. */
    public long count() {
        return values.values().stream().mapToLong(v -> v.length).sum();
    }

    @Override
    public OptionalInt updateRank(String weight) {
        return lora.isPresent() && has(weight) && adapters.containsKey(LoraUpdate.nameOfA(LoraOptions.module(weight)))
                ? OptionalInt.of(lora.get().rank())
                : OptionalInt.empty();
    }

    @Override
    public boolean has(String name) {
        return shape(name) != null;
    }

    @Override
    public void require(String name, int... shape) {
        if (!Arrays.equals(shape(name), shape)) {
            throw new WeightsException("tensor " + name + " must have shape " + Arrays.toString(shape) + ", got "
                    + Arrays.toString(shape(name)));
        }
    }

    /** Returns the shape of a tensor of the network or of an adapter, or null if there is none of this name. */
    private int[] shape(String name) {
        if (adapters.containsKey(name)) {
            return adapters.get(name).shape();
        }
        boolean scale = lora.isPresent() && name.endsWith(LoraUpdate.nameOfScale(""));
        return scale ? new int[] {lora.get().rank(), lora.get().rank()} : shapes.get(name);
    }

    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        require(name, shape);
        if (values.containsKey(name)) {
            into.put(values.get(name));
            return;
        }
        for (int i = 0; i < shape[0] * shape[1]; i++) { // the scale of an adapter times the identity
            into.put(i % (shape[1] + 1) == 0 ? (float) lora.orElseThrow().scale() : 0);
        }
    }

    @Override
    public String description() {
        return "the weights of the run";
    }

    @Override
    public void close() {}

    private static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
