package da3.onednn;

import da3.nn.Precision;
import da3.nn.autograd.DifferentiableEngine.LayerNormGradients;

/** Gradients of layer norms over the last axis, in tasks of some rows, in float32. */
final class NormBackward {

    /** Values of a task. */
    private static final int VALUES = 1 << 15;

    private final Machine machine;

    NormBackward(Machine machine) {
        this.machine = machine;
    }

    /** @param parameters whether the gradients of weight and bias are asked for */
    LayerNormGradients apply(
            OneDnnTensor dy, OneDnnTensor x, OneDnnParameter weight, double epsilon, boolean parameters) {
        int d = x.channels();
        weight.requireValues(d);
        long gain = weight.plain();
        OneDnnTensor dx = machine.memory().tensor(x.shape);
        OneDnnTensor dWeight = parameters ? machine.memory().tensor(d) : null;
        OneDnnTensor dBias = parameters ? machine.memory().tensor(d) : null;
        Cut cut = Cut.atMost(x.rows(), VALUES / d);
        Step[] steps = new Step[cut.parts()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new Step(machine, cut.length(i), d, epsilon);
        }
        try (var scope = machine.memory().scope()) {
            OneDnnTensor source = machine.in(Precision.FLOAT32, x);
            OneDnnTensor gradient = machine.in(Precision.FLOAT32, dy);
            OneDnnTensor weights = machine.memory().tensor(cut.parts(), d);
            OneDnnTensor biases = machine.memory().tensor(cut.parts(), d);
            OneDnnTensor scratch = machine.scratch(Step.scratch(cut.step(), d));
            machine.crew().forEach(cut.parts(), (lane, i) -> {
                long at = (long) cut.from(i) * d;
                long part = (long) i * d;
                steps[i].run(
                        lane,
                        source.at(at),
                        gradient.at(at),
                        gain,
                        dx.at(at),
                        weights.at(part),
                        biases.at(part),
                        Machine.own(scratch, lane));
            });
            if (parameters) {
                Sums sums = new Sums(machine);
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

        Step(Machine machine, int rows, int channels, double epsilon) {
            Layout layout = Layout.dense(rows, channels);
            this.rows = rows;
            this.statistics = machine.kernels().backward().normStatistics(layout, epsilon);
            this.backward = machine.kernels().backward().norm(layout, epsilon);
        }

        /** Floats of scratch: mean, variance, and a result that nobody reads. */
        static long scratch(int rows, int channels) {
            return (channels + 2L) * rows;
        }

        void run(int lane, long x, long dy, long gain, long dx, long dWeight, long dBias, long scratch) {
            long mean = scratch;
            long variance = scratch + 4L * rows;
            statistics.run(lane, x, variance + 4L * rows, mean, variance);
            backward.run(lane, x, mean, variance, dy, gain, dx, dWeight, dBias);
        }
    }
}
