package da3.onednn;

import da3.nn.Precision;
import da3.nn.autograd.DifferentiableEngine.LayerGradients;

/** Gradients of layer norms over the last axis, computed in float32 and in tiles of rows. */
final class NormBackward {

    private static final int MAX_TILE_VALUES = 1 << 15;

    private final ExecutionContext context;

    NormBackward(ExecutionContext context) {
        this.context = context;
    }

    /** @param parameters whether to compute the gradients of weight and bias */
    LayerGradients apply(OneDnnTensor dy, OneDnnTensor x, OneDnnParameter weight, double epsilon, boolean parameters) {
        int d = x.channels();
        weight.requireCount(d);
        long weightAddress = weight.address();
        OneDnnTensor dx = context.memory().tensor(x.shape);
        OneDnnTensor dWeight = parameters ? context.memory().tensor(d) : null;
        OneDnnTensor dBias = parameters ? context.memory().tensor(d) : null;
        Tiling tiling = Tiling.inFours(x.rows(), MAX_TILE_VALUES / d);
        Step[] steps = new Step[tiling.count()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new Step(context, tiling.length(i), d, epsilon);
        }
        try (var scope = context.memory().scope()) {
            OneDnnTensor source = context.cast(Precision.FLOAT32, x);
            OneDnnTensor gradient = context.cast(Precision.FLOAT32, dy);
            OneDnnTensor weights = context.memory().tensor(tiling.count(), d);
            OneDnnTensor biases = context.memory().tensor(tiling.count(), d);
            OneDnnTensor scratch = context.scratch(Step.scratch(tiling.tileSize(), d));
            context.threads().forEach(tiling.count(), (worker, i) -> {
                long offset = (long) tiling.start(i) * d;
                long part = (long) i * d;
                steps[i].run(
                        worker,
                        source.at(offset),
                        gradient.at(offset),
                        weightAddress,
                        dx.at(offset),
                        weights.at(part),
                        biases.at(part),
                        ExecutionContext.workerScratch(scratch, worker));
            });
            if (parameters) {
                Reductions sums = new Reductions(context);
                sums.sumParts(weights, dWeight.at(0));
                sums.sumParts(biases, dBias.at(0));
            }
        }
        return new LayerGradients(dx, dWeight, dBias);
    }

    /** The primitives for one tile of rows. */
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

        /** Returns the scratch size in floats: mean, variance, and the unused result of the forward pass. */
        static long scratch(int rows, int channels) {
            return (channels + 2L) * rows;
        }

        void run(int worker, long x, long dy, long weightAddress, long dx, long dWeight, long dBias, long scratch) {
            long mean = scratch;
            long variance = scratch + 4L * rows;
            statistics.run(worker, x, variance + 4L * rows, mean, variance);
            backward.run(worker, x, mean, variance, dy, weightAddress, dx, dWeight, dBias);
        }
    }
}
