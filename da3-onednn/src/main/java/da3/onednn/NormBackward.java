package da3.onednn;

import da3.nn.Precision;
import da3.nn.autograd.DifferentiableEngine.LayerNormGradients;

/** Gradients of layer norms over the last axis, in tasks of some rows, in float32. */
final class NormBackward {

    /** Values of a task. */
    private static final int VALUES = 1 << 15;

    private final ExecutionContext context;

    NormBackward(ExecutionContext context) {
        this.context = context;
    }

    /** @param parameters whether the gradients of weight and bias are asked for */
    LayerNormGradients apply(
            OneDnnTensor dy, OneDnnTensor x, OneDnnParameter weight, double epsilon, boolean parameters) {
        int d = x.channels();
        weight.requireValues(d);
        long gain = weight.plain();
        OneDnnTensor dx = context.memory().tensor(x.shape);
        OneDnnTensor dWeight = parameters ? context.memory().tensor(d) : null;
        OneDnnTensor dBias = parameters ? context.memory().tensor(d) : null;
        Tiling tiling = Tiling.atMost(x.rows(), VALUES / d);
        Step[] steps = new Step[tiling.parts()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new Step(context, tiling.length(i), d, epsilon);
        }
        try (var scope = context.memory().scope()) {
            OneDnnTensor source = context.in(Precision.FLOAT32, x);
            OneDnnTensor gradient = context.in(Precision.FLOAT32, dy);
            OneDnnTensor weights = context.memory().tensor(tiling.parts(), d);
            OneDnnTensor biases = context.memory().tensor(tiling.parts(), d);
            OneDnnTensor scratch = context.scratch(Step.scratch(tiling.step(), d));
            context.threads().forEach(tiling.parts(), (worker, i) -> {
                long at = (long) tiling.from(i) * d;
                long part = (long) i * d;
                steps[i].run(
                        worker,
                        source.at(at),
                        gradient.at(at),
                        gain,
                        dx.at(at),
                        weights.at(part),
                        biases.at(part),
                        ExecutionContext.own(scratch, worker));
            });
            if (parameters) {
                Reductions sums = new Reductions(context);
                sums.ofParts(weights, dWeight.at(0));
                sums.ofParts(biases, dBias.at(0));
            }
        }
        return new LayerNormGradients(dx, dWeight, dBias);
    }

    /** Primitives for so many rows. */
    static final class Step {
        private final int rows;
        private final Kernel statistics;
        private final Kernel backward;

        Step(ExecutionContext context, int rows, int channels, double epsilon) {
            Layout layout = Layout.dense(rows, channels);
            this.rows = rows;
            this.statistics = context.kernels().backward().normStatistics(layout, epsilon);
            this.backward = context.kernels().backward().norm(layout, epsilon);
        }

        /** Floats of scratch: mean, variance, and a result that nobody reads. */
        static long scratch(int rows, int channels) {
            return (channels + 2L) * rows;
        }

        void run(int worker, long x, long dy, long gain, long dx, long dWeight, long dBias, long scratch) {
            long mean = scratch;
            long variance = scratch + 4L * rows;
            statistics.run(worker, x, variance + 4L * rows, mean, variance);
            backward.run(worker, x, mean, variance, dy, gain, dx, dWeight, dBias);
        }
    }
}
