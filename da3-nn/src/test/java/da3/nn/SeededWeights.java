package da3.nn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Weights seeded by a seed and their names, scaled to keep activations near 1. Counts reads. */
final class SeededWeights implements WeightSource {

    private final long seed;
    private final Predicate<String> missing;
    private final Map<String, Integer> reads = new HashMap<>();
    private final Set<String> required = new HashSet<>();

    SeededWeights(long seed) {
        this(seed, name -> false);
    }

    SeededWeights(long seed, Predicate<String> missing) {
        this.seed = seed;
        this.missing = missing;
    }

    /** Returns the values of a name without counting a read. */
    float[] values(String name, int... shape) {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        boolean gain = shape.length == 1 && (name.endsWith("weight") || name.endsWith("gamma"));
        double scale = shape.length == 1 ? 0.2 : Math.sqrt(3.0 * shape[0] / size);
        Random random = new Random(seed * 31 + name.hashCode());
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) ((gain ? 1 : 0) + scale * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    /** Returns the number of reads of each name. */
    Map<String, Integer> reads() {
        return reads;
    }

    @Override
    public boolean has(String name) {
        return !missing.test(name);
    }

    /** Returns the declared names. */
    Set<String> required() {
        return required;
    }

    /** Accepts every name, so that tests can observe failing reads. */
    @Override
    public void require(String name, int... shape) {
        required.add(name);
    }

    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        if (!has(name)) {
            throw new WeightsException("no tensor " + name);
        }
        reads.merge(name, 1, Integer::sum);
        into.put(values(name, shape));
    }

    @Override
    public String description() {
        return "seed " + seed;
    }

    @Override
    public void close() {}
}
