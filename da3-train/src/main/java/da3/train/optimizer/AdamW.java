package da3.train.optimizer;

import da3.nn.autograd.DifferentiableEngine.Update;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101), with the bias correction of PyTorch.
 * One-dimensional parameters, which are norms and biases, do not decay; all others do, including tokens and position
 * embeddings. Steps are counted per parameter.
 */
public final class AdamW implements Optimizer {

    private final List<ParameterSlot> slots;
    private final AdamWOptions options;
    private final int threads;
    private final float[][][] first; // by slot and block; null before the first step, as is the next field
    private final float[][][] second;
    private final long[] steps;

    /** @param threads number of threads; 0 for one per processor */
    public AdamW(List<ParameterSlot> slots, AdamWOptions options, int threads) {
        this.slots = List.copyOf(slots);
        this.options = options;
        this.threads = threads;
        this.first = new float[slots.size()][][];
        this.second = new float[slots.size()][][];
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
        Step step = next(slot, learningRate, 1);
        float[] piece = new float[Update.BLOCK];
        float[] change = new float[Update.BLOCK];
        for (int from = 0; from < values.length; from += Update.BLOCK) {
            int count = Math.min(Update.BLOCK, values.length - from);
            System.arraycopy(values, from, piece, 0, count);
            System.arraycopy(gradient, from, change, 0, count);
            step.apply(from, piece, change, count);
            System.arraycopy(piece, 0, values, from, count);
        }
    }

    /**
     * Begins a step of one parameter, whose values are then updated in blocks of {@link Update#BLOCK}.
     *
     * @param slot index of the parameter
     * @param learningRateFactor factor on the learning rate
     * @param gradientFactor factor on the gradient, for instance to clip it
     */
    public Step begin(int slot, double learningRateFactor, double gradientFactor) {
        return next(slot, options.learningRate() * learningRateFactor, gradientFactor);
    }

    private Step next(int slot, double learningRate, double gradientFactor) {
        if (steps[slot] == 0) {
            first[slot] = blocks(new float[slots.get(slot).size()]);
            second[slot] = blocks(new float[slots.get(slot).size()]);
        }
        steps[slot]++;
        double decay = slots.get(slot).shape().size() > 1 ? 1 - learningRate * options.weightDecay() : 1;
        double rate = learningRate / (1 - Math.pow(options.beta1(), steps[slot]));
        double correction = Math.sqrt(1 - Math.pow(options.beta2(), steps[slot]));
        return new Step(slot, (float) gradientFactor, (float) decay, (float) rate, (float) (1 / correction));
    }

    /** A step of one parameter. */
    public final class Step {

        private final int slot;
        private final float gradientFactor;
        private final float decay;
        private final float rate;
        private final float inverseCorrection;

        private Step(int slot, float gradientFactor, float decay, float rate, float inverseCorrection) {
            this.slot = slot;
            this.gradientFactor = gradientFactor;
            this.decay = decay;
            this.rate = rate;
            this.inverseCorrection = inverseCorrection;
        }

        /**
         * Updates a block of the values. Several threads may update different blocks.
         *
         * @param from index of the first value of the block in the parameter
         * @param values values of the block, updated in place
         * @param gradient gradient of the block
         * @param count number of values in the block; the arrays may be longer
         */
        public void apply(int from, float[] values, float[] gradient, int count) {
            int block = from / Update.BLOCK;
            update(values, gradient, first[slot][block], second[slot][block], count);
        }

        /** Updates values in float32, without branches or offsets, so that the compiler vectorizes the loop. */
        private void update(float[] values, float[] gradient, float[] m, float[] v, int count) {
            float kept1 = (float) options.beta1();
            float new1 = (float) (1 - options.beta1());
            float kept2 = (float) options.beta2();
            float new2 = (float) (1 - options.beta2());
            float epsilon = (float) options.epsilon();
            float scale = gradientFactor;
            float kept = decay;
            float step = rate;
            float inverse = inverseCorrection;
            for (int i = 0; i < count; i++) {
                float g = scale * gradient[i];
                float mean = kept1 * m[i] + new1 * g;
                float square = kept2 * v[i] + new2 * g * g;
                m[i] = mean;
                v[i] = square;
                float root = (float) Math.sqrt(square);
                values[i] = kept * values[i] - step * mean / (root * inverse + epsilon);
            }
        }
    }

    /** Splits an array, so that a block of the moments needs neither an offset nor a copy. */
    private static float[][] blocks(float[] values) {
        float[][] blocks = new float[(values.length + Update.BLOCK - 1) / Update.BLOCK][];
        for (int i = 0; i < blocks.length; i++) {
            int from = i * Update.BLOCK;
            blocks[i] = Arrays.copyOfRange(values, from, Math.min(values.length, from + Update.BLOCK));
        }
        return blocks;
    }

    private static float[] joined(float[][] blocks) {
        float[] values =
                new float[Arrays.stream(blocks).mapToInt(block -> block.length).sum()];
        for (int i = 0; i < blocks.length; i++) {
            System.arraycopy(blocks[i], 0, values, i * Update.BLOCK, blocks[i].length);
        }
        return values;
    }

    @Override
    public OptimizerState state() {
        return StateEntries.export(slots, kinds(joined(first), joined(second)), steps);
    }

    @Override
    public void restore(OptimizerState state) {
        float[][] means = new float[slots.size()][];
        float[][] squares = new float[slots.size()][];
        StateEntries.restore(slots, state, kinds(means, squares), steps);
        for (int i = 0; i < slots.size(); i++) {
            first[i] = means[i] == null ? null : blocks(means[i]);
            second[i] = squares[i] == null ? null : blocks(squares[i]);
        }
    }

    private static float[][] joined(float[][][] moments) {
        return Arrays.stream(moments)
                .map(blocks -> blocks == null ? null : joined(blocks))
                .toArray(float[][]::new);
    }

    private static Map<String, float[][]> kinds(float[][] first, float[][] second) {
        return Map.of("first_moment", first, "second_moment", second);
    }
}
