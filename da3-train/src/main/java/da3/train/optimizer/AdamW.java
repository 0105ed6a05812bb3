package da3.train.optimizer;

import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101), with the bias correction of PyTorch.
 * Parameters of one dimension, which are norms and biases, do not decay; all others do, so tokens and position
 * embeddings as well. Steps are counted per parameter.
 */
public final class AdamW implements Optimizer {

    private final List<ParameterSlot> slots;
    private final AdamWOptions options;
    private final int threads;
    private final float[][] first;
    private final float[][] second;
    private final long[] steps;

    /** @param threads 0 for as many as there are processors */
    public AdamW(List<ParameterSlot> slots, AdamWOptions options, int threads) {
        this.slots = List.copyOf(slots);
        this.options = options;
        this.threads = threads;
        this.first = new float[slots.size()][];
        this.second = new float[slots.size()][];
        this.steps = new long[slots.size()];
    }

    @Override
    public List<ParameterSlot> slots() {
        return slots;
    }

    @Override
    public void step(List<float[]> values, List<float[]> gradients, double learningRateFactor) {
        SlotLists.require("values", slots, values, false);
        SlotLists.require("gradient", slots, gradients, true);
        for (int i = 0; i < slots.size(); i++) {
            if (gradients.get(i) != null) {
                step(i, values.get(i), gradients.get(i), options.learningRate() * learningRateFactor);
            }
        }
    }

    private void step(int slot, float[] values, float[] gradient, double learningRate) {
        if (steps[slot] == 0) {
            first[slot] = new float[values.length];
            second[slot] = new float[values.length];
        }
        steps[slot]++;
        double beta1 = options.beta1();
        double beta2 = options.beta2();
        double decay = slots.get(slot).shape().size() > 1 ? 1 - learningRate * options.weightDecay() : 1;
        double rate = learningRate / (1 - Math.pow(beta1, steps[slot]));
        double correction = Math.sqrt(1 - Math.pow(beta2, steps[slot]));
        float[] m = first[slot];
        float[] v = second[slot];
        SlotLists.forElements(values.length, threads, (from, to) -> {
            for (int i = from; i < to; i++) {
                double g = gradient[i];
                double mean = beta1 * m[i] + (1 - beta1) * g;
                double square = beta2 * v[i] + (1 - beta2) * g * g;
                m[i] = (float) mean;
                v[i] = (float) square;
                values[i] = (float)
                        (decay * values[i] - rate * mean / (Math.sqrt(square) / correction + options.epsilon()));
            }
        });
    }

    @Override
    public OptimizerState state() {
        return StateEntries.export(slots, kinds(), steps);
    }

    @Override
    public void restore(OptimizerState state) {
        StateEntries.restore(slots, state, kinds(), steps);
    }

    private Map<String, float[][]> kinds() {
        return Map.of("first_moment", first, "second_moment", second);
    }
}
