package da3.train.optimizer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Momentum with orthogonalized updates (Jordan et al., Muon, 2024), for matrices and for the filters of convolutions,
 * which are matrices with one row per filter. The gradient is averaged with Nesterov momentum, five Newton-Schulz steps
 * bring the singular values of the average close to 1, and the result is scaled by sqrt(max(1, rows / columns)) times
 * the learning rate. A matrix whose name ends with {@code qkv.weight} consists of three stacked matrices, which are
 * treated separately. Weight decay is decoupled.
 */
public final class Muon implements Optimizer {

    private final List<ParameterSlot> slots;
    private final MuonOptions options;
    private final MatrixProduct product;
    private final int threads;
    private final float[][] momentum;
    private final long[] steps;

    /**
     * @param product matrix product; called from several threads at once
     * @param threads number of threads that parameters are distributed over; 0 for one per processor
     * @throws IllegalArgumentException if a parameter is a vector, or the number of rows of a qkv matrix is not a
     *     multiple of 3
     */
    public Muon(List<ParameterSlot> slots, MuonOptions options, MatrixProduct product, int threads) {
        this.slots = List.copyOf(slots);
        this.options = options;
        this.product = product;
        this.threads = threads;
        this.momentum = new float[slots.size()][];
        this.steps = new long[slots.size()];
        for (ParameterSlot slot : slots) {
            if (slot.shape().size() < 2) {
                throw new IllegalArgumentException(
                        slot.name() + " must have at least two dimensions for Muon, got " + slot.shape());
            }
            if (slot.shape().get(0) % parts(slot) != 0) {
                throw new IllegalArgumentException("rows of " + slot.name() + " must be a multiple of " + parts(slot)
                        + ", got " + slot.shape().get(0));
            }
        }
    }

    private static int parts(ParameterSlot slot) {
        return slot.name().endsWith("qkv.weight") ? 3 : 1;
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

    private void step(int index, float[] values, float[] gradient, double learningRate) {
        ParameterSlot slot = slots.get(index);
        float[] averaged = averaged(index, gradient);
        int parts = parts(slot);
        int rows = slot.shape().get(0) / parts;
        int columns = values.length / slot.shape().get(0); // a filter of a convolution is one row
        double scale = learningRate * Math.sqrt(Math.max(1, (double) rows / columns));
        double decay = 1 - learningRate * options.weightDecay();
        int size = rows * columns;
        for (int part = 0; part < parts; part++) {
            int offset = part * size;
            float[] matrix = Arrays.copyOfRange(averaged, offset, offset + size);
            float[] update = product.together(one -> NewtonSchulz.orthogonalize(matrix, rows, columns, one));
            for (int i = 0; i < size; i++) {
                values[offset + i] = (float) (decay * values[offset + i] - scale * update[i]);
            }
        }
    }

    private float[] averaged(int index, float[] gradient) {
        if (steps[index] == 0) {
            momentum[index] = new float[gradient.length];
        }
        steps[index]++;
        float[] average = momentum[index];
        float[] ahead = new float[gradient.length];
        double mu = options.momentum();
        for (int i = 0; i < gradient.length; i++) {
            average[i] = (float) (mu * average[i] + (1 - mu) * gradient[i]);
            ahead[i] = (float) (mu * average[i] + (1 - mu) * gradient[i]);
        }
        return ahead;
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
        return Map.of("momentum", momentum);
    }
}
