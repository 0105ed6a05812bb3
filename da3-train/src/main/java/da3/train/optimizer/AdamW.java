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
        double learningRate = options.learningRate() * learningRateFactor;
        SlotLists.forEach(
                slots,
                values,
                gradients,
                threads,
                (slot, value, gradient) -> step(slot, value, gradient, learningRate));
    }

    private void step(int slot, float[] values, float[] gradient, double learningRate) {
        if (steps[slot] == 0) {
            first[slot] = new float[values.length];
            second[slot] = new float[values.length];
        }
        steps[slot]++;
        double decay = slots.get(slot).shape().size() > 1 ? 1 - learningRate * options.weightDecay() : 1;
        double rate = learningRate / (1 - Math.pow(options.beta1(), steps[slot]));
        double correction = Math.sqrt(1 - Math.pow(options.beta2(), steps[slot]));
        update(values, gradient, first[slot], second[slot], (float) decay, (float) rate, (float) (1 / correction));
    }

    /** In float32 and without branches, so that the compiler turns it into vector instructions. */
    private void update(
            float[] values, float[] gradient, float[] m, float[] v, float decay, float rate, float inverseCorrection) {
        float kept1 = (float) options.beta1();
        float new1 = (float) (1 - options.beta1());
        float kept2 = (float) options.beta2();
        float new2 = (float) (1 - options.beta2());
        float epsilon = (float) options.epsilon();
        for (int i = 0; i < values.length; i++) {
            float g = gradient[i];
            float mean = kept1 * m[i] + new1 * g;
            float square = kept2 * v[i] + new2 * g * g;
            m[i] = mean;
            v[i] = square;
            float root = (float) Math.sqrt(square);
            values[i] = decay * values[i] - rate * mean / (root * inverseCorrection + epsilon);
        }
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
