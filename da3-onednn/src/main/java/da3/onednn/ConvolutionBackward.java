package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.autograd.DifferentiableEngine.ConvolutionGradients;
import da3.onednn.WinogradWeight.Use;
import java.util.ArrayList;
import java.util.List;

/** Gradients of 3x3 convolutions. */
final class ConvolutionBackward {

    /** Limits of the partial sums of a weight gradient: their number, and the values that they have together. */
    private static final int MAX_GROUPS = 8;

    private static final long MAX_GROUP_VALUES = 1 << 23;

    private final ExecutionContext context;

    ConvolutionBackward(ExecutionContext context) {
        this.context = context;
    }

    /** Returns the gradient for the input, before any activation: (views, h, w, out) -> (views, rows, columns, in). */
    OneDnnTensor input(OneDnnTensor dy, OneDnnParameter weight, int stride, int rows, int columns) {
        OneDnnTensor dx = newInputGradient(dy, weight, rows, columns);
        try (var scope = context.memory().scope()) {
            OneDnnTensor gradient = context.cast(context.precision(), dy);
            context.threads().run(List.of(input(gradient, weight, stride, dx)));
        }
        return dx;
    }

    /** Returns the gradient for the weight, (out, in, 3, 3). */
    OneDnnTensor weight(OneDnnTensor dy, OneDnnTensor x, OneDnnParameter weight, int stride) {
        return (OneDnnTensor) all(dy, x, weight, stride, false, false).weight();
    }

    /** Returns the gradient for the weight, and those for input and bias where requested. */
    ConvolutionGradients all(
            OneDnnTensor dy, OneDnnTensor map, OneDnnParameter weight, int stride, boolean input, boolean bias) {
        OneDnnTensor dx = input ? newInputGradient(dy, weight, map.shape[1], map.shape[2]) : null;
        OneDnnTensor dWeight = context.memory().tensor(weight.shape());
        OneDnnTensor dBias = bias ? context.memory().tensor(dy.channels()) : null;
        try (var scope = context.memory().scope()) {
            OneDnnTensor gradient = context.cast(context.precision(), dy);
            List<Work> parts = new ArrayList<>();
            parts.add(weight(gradient, context.cast(context.precision(), map), stride, dWeight));
            if (input) {
                parts.add(input(gradient, weight, stride, dx));
            }
            if (bias) {
                parts.add(new Reductions(context).rows(dy, dBias));
            }
            context.threads().run(parts);
        }
        return new ConvolutionGradients(dx, dWeight, dBias);
    }

    private OneDnnTensor newInputGradient(OneDnnTensor dy, OneDnnParameter weight, int rows, int columns) {
        if (dy.channels() != weight.shape()[0]) {
            throw Check.invalid("output gradient of " + weight.name(), weight.shape()[0] + " channels", dy);
        }
        return context.memory().tensor(context.precision(), dy.shape[0], rows, columns, weight.shape()[1]);
    }

    private Work input(OneDnnTensor dy, OneDnnParameter weight, int stride, OneDnnTensor dx) {
        int in = dx.channels();
        if (Winograd.applies(context.precision(), stride, dx.shape[1], dx.shape[2], in, dy.channels())) {
            return new WinogradConvolution(
                            context,
                            dy,
                            Activation.NONE,
                            layout -> weight.winogradWeights(context, Use.INPUT_GRADIENT, layout),
                            0,
                            null,
                            Activation.NONE,
                            dx)
                    .work();
        }
        ConvolutionInputGradient bands = stride == 1
                ? ConvolutionInputGradient.ofStride1(dx, dy)
                : ConvolutionInputGradient.whole(dx, dy, stride);
        Kernel[] kernels = bands.kernels(context.kernels(), stride);
        long[] weights = new long[kernels.length];
        for (int tile = 0; tile < kernels.length; tile++) {
            weights[tile] = tile > 0 && kernels[tile] == kernels[tile - 1]
                    ? weights[tile - 1]
                    : weight.convolutionBackwardWeights(context, kernels[tile].weights(dy.channels(), in, 3, 3));
        }
        return Work.of(dx.shape[0] * kernels.length, (worker, task) -> {
            int view = task / kernels.length;
            int tile = task % kernels.length;
            kernels[tile].run(worker, bands.gradient(view, tile), weights[tile], bands.result(view, tile));
        });
    }

    /**
     * Returns the tasks that compute the gradient for the weight. Bands of rows are divided into a few groups, each with
     * its own sum, so that the order of additions does not depend on timing.
     */
    private Work weight(OneDnnTensor dy, OneDnnTensor x, int stride, OneDnnTensor dWeight) {
        int out = dWeight.shape[0];
        int in = dWeight.shape[1];
        BandGradient parts =
                Winograd.appliesToWeightGradient(context.precision(), stride, dy.shape[1], dy.shape[2], in, out)
                        ? new WinogradBandGradient(context, x, dy)
                        : new DirectBandGradient(context, x, dy, stride);
        long floats = AlignedBuffer.wholeLines(parts.floats());
        int bands = parts.bands();
        int groups = (int) Math.min(bands, Math.max(1, Math.min(MAX_GROUPS, MAX_GROUP_VALUES / floats)));
        OneDnnTensor sums = context.memory().tensor(groups, Math.toIntExact(floats));
        OneDnnTensor total = context.memory().tensor(Math.toIntExact(floats));
        OneDnnTensor scratch = context.scratch(floats);
        Layout all = Layout.dense(floats);
        Kernel add = context.kernels().binary(dnnl_binary_add, all, all, all);
        ThreadPool.Task task = (worker, group) -> {
            long sum = sums.at(group * floats);
            int first = (int) ((long) group * bands / groups);
            int last = (int) ((group + 1L) * bands / groups);
            for (int band = first; band < last; band++) {
                long to = band == first ? sum : ExecutionContext.workerScratch(scratch, worker);
                parts.run(worker, band, to);
                if (band > first) {
                    add.run(worker, sum, to, sum);
                }
            }
        };
        return new Work(groups, task, () -> {
            new Reductions(context).sumParts(sums, total.at(0));
            parts.finish(total.at(0), dWeight);
        });
    }
}
