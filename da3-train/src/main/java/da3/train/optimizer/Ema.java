package da3.train.optimizer;

import da3.geometry.concurrent.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Exponential moving averages of parameters. The decay of update n, counted from 1, is min(decay, (1 + n) / (10 + n)),
 * so that the initial values quickly lose their influence.
 */
public final class Ema {

    private static final String KIND = "average";

    private final List<ParameterSlot> slots;
    private final double decay;
    private final int threads;
    private final float[][] averages;
    private long updates;

    /**
     * Starts at the given values, which are copied.
     *
     * @param decay fraction of the average that an update keeps, in [0, 1)
     * @param threads number of threads; 0 for one per processor
     * @throws IllegalArgumentException if the decay is out of range, or values do not fit the slots
     */
    public Ema(List<ParameterSlot> slots, List<float[]> values, double decay, int threads) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("decay must be at least 0 and below 1, got " + decay);
        }
        SlotLists.require("values", slots, values, false);
        this.slots = List.copyOf(slots);
        this.decay = decay;
        this.threads = threads;
        this.averages = values.stream().map(float[]::clone).toArray(float[][]::new);
    }

    /** Moves the averages toward new values. */
    public void update(List<float[]> values) {
        SlotLists.require("values", slots, values, false);
        updates++;
        double kept = Math.min(decay, (1.0 + updates) / (10.0 + updates));
        Parallel.forEach(averages.length, threads, slot -> average(averages[slot], values.get(slot), (float) kept));
    }

    private static void average(float[] average, float[] value, float kept) {
        float taken = 1 - kept;
        for (int i = 0; i < average.length; i++) {
            average[i] = kept * average[i] + taken * value[i];
        }
    }

    /** Returns copies of the averages, one per slot. */
    public List<float[]> averages() {
        return Arrays.stream(averages).map(float[]::clone).toList();
    }

    /**
     * Returns a copy of the averages, which are the initial values before the first update, and the number of updates.
     */
    public OptimizerState state() {
        return StateEntries.export(slots, Map.of(KIND, averages), steps());
    }

    /**
     * Continues from a state that {@link #state} returned.
     *
     * @throws IllegalArgumentException naming the entry, if one is missing, unknown or of another length
     */
    public void restore(OptimizerState state) {
        long[] steps = steps();
        float[][] restored = new float[averages.length][];
        StateEntries.restore(slots, state, Map.of(KIND, restored), steps);
        for (int i = 0; i < restored.length; i++) {
            if (restored[i] == null) {
                throw new IllegalArgumentException(
                        "state must have an average of " + slots.get(i).name() + ", got none");
            }
            averages[i] = restored[i];
            updates = steps[i];
        }
    }

    private long[] steps() {
        long[] steps = new long[averages.length];
        Arrays.fill(steps, updates);
        return steps;
    }
}
