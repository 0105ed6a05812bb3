package da3.train.run;

import da3.nn.ModelConfig;
import da3.nn.WeightSource;
import da3.nn.WeightsException;
import da3.train.optimizer.ParameterSlot;
import da3.weights.Checkpoint;
import da3.weights.SeededWeights;
import da3.weights.config.Manifest;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of a run in float32 on the host. Optimizers update them, and engines have copies. */
final class MasterWeights implements WeightSource {

    private final ModelConfig config;
    private final Map<String, int[]> shapes;
    private final Map<String, float[]> values;

    private MasterWeights(ModelConfig config, Map<String, int[]> shapes, Map<String, float[]> values) {
        this.config = config;
        this.shapes = shapes;
        this.values = values;
    }

    /**
     * Initializes or reads the initial weights of a run.
     *
     * @throws IOException if the checkpoint cannot be read
     */
    static MasterWeights of(ModelSettings model, long seed) throws IOException {
        if (model.checkpoint().isPresent()) {
            try (Checkpoint checkpoint = Checkpoint.open(model.checkpoint().get())) {
                return read(checkpoint.config(), checkpoint);
            }
        }
        ModelConfig config = model.network().orElseThrow();
        if (model.seeded()) {
            try (SeededWeights seeded = new SeededWeights()) {
                return read(config, seeded);
            }
        }
        Map<String, int[]> shapes = Manifest.of(config).required();
        Map<String, float[]> values = new LinkedHashMap<>();
        shapes.forEach(
                (name, shape) -> values.put(name, model.initialization().values(name, shape, values.size(), seed)));
        return new MasterWeights(config, shapes, values);
    }

    private static MasterWeights read(ModelConfig config, WeightSource source) {
        Map<String, int[]> shapes = Manifest.of(config).required();
        Map<String, float[]> values = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            float[] tensor = new float[size(shape)];
            source.read(name, shape, FloatBuffer.wrap(tensor));
            values.put(name, tensor);
        });
        return new MasterWeights(config, shapes, values);
    }

    ModelConfig config() {
        return config;
    }

    /** Returns the slots of the parameters that the optimizers train, in the order of the network. */
    List<ParameterSlot> trained(OptimizationSettings optimization) {
        return shapes.entrySet().stream()
                .filter(e -> isTrained(optimization, e.getKey()))
                .map(e -> new ParameterSlot(
                        e.getKey(), Arrays.stream(e.getValue()).boxed().toList()))
                .toList();
    }

    static boolean isTrained(OptimizationSettings optimization, String name) {
        return optimization
                        .groupOf(name)
                        .orElseThrow(() -> new ConfigException("optimization.groups must have a pattern for every "
                                + "parameter, got none for " + name))
                        .kind()
                != OptimizationSettings.Kind.FROZEN;
    }

    /** Returns the values of a tensor without copying them. */
    float[] values(String name) {
        return values.get(name);
    }

    List<float[]> values(List<ParameterSlot> slots) {
        return slots.stream().map(slot -> values.get(slot.name())).toList();
    }

    Map<String, int[]> shapes() {
        return shapes;
    }

    /** Returns the number of values of the network. */
    long count() {
        return values.values().stream().mapToLong(v -> v.length).sum();
    }

    @Override
    public boolean has(String name) {
        return shapes.containsKey(name);
    }

    @Override
    public void require(String name, int... shape) {
        if (!has(name) || !Arrays.equals(shapes.get(name), shape)) {
            throw new WeightsException("tensor " + name + " must have shape " + Arrays.toString(shape) + ", got "
                    + Arrays.toString(shapes.get(name)));
        }
    }

    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        require(name, shape);
        into.put(values.get(name));
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
