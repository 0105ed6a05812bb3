package da3.train.optimizer;

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
    private final float[][] first;
    private final float[][] second;
    private final long[] steps;
    private final ThreadLocal<Moments> moments = ThreadLocal.withInitial(Moments::new);

    /** @param threads number of threads; 0 for one per processor */
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
        Step step = next(slot, learningRate, 1);
        step.update(values, gradient, first[slot], second[slot], values.length);
    }

    /**
     * Begins a step of one parameter, whose values are then updated in pieces.
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
            first[slot] = new float[slots.get(slot).size()];
            second[slot] = new float[slots.get(slot).size()];
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
         * Updates a piece of the values. Several threads may update different pieces.
         *
         * @param from index of the first value of the piece in the parameter
         * @param values values of the piece, updated in place
         * @param gradient gradient of the piece
         * @param count number of values in the piece; the arrays may be longer
         */
        public void apply(int from, float[] values, float[] gradient, int count) {
            Moments piece = moments.get().of(count);
            System.arraycopy(first[slot], from, piece.first, 0, count);
            System.arraycopy(second[slot], from, piece.second, 0, count);
            update(values, gradient, piece.first, piece.second, count);
            System.arraycopy(piece.first, 0, first[slot], from, count);
            System.arraycopy(piece.second, 0, second[slot], from, count);
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

    /** Buffers for a piece of the moments, one per thread. */
    private static final class Moments {
        private float[] first = new float[0];
        private float[] second = new float[0];

        Moments of(int count) {
            if (first.length < count) {
                first = new float[count];
                second = new float[count];
            }
            return this;
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
