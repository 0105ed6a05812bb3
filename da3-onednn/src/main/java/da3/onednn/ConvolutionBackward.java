package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.Precision;
import da3.onednn.WinogradWeight.Use;

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
    OneDnnTensor inputGradient(OneDnnTensor dy, OneDnnParameter weight, int stride, int rows, int columns) {
        if (dy.channels() != weight.shape()[0]) {
            throw Check.invalid("output gradient of " + weight.name(), weight.shape()[0] + " channels", dy);
        }
        int in = weight.shape()[1];
        Precision precision = context.precision();
        OneDnnTensor dx = context.memory().tensor(precision, dy.shape[0], rows, columns, in);
        try (var scope = context.memory().scope()) {
            OneDnnTensor gradient = context.cast(precision, dy);
            if (Winograd.applies(precision, stride, rows, columns, in, dy.channels())) {
                new WinogradConvolution(
                                context,
                                gradient,
                                Activation.NONE,
                                layout -> weight.winogradWeights(context, Use.INPUT_GRADIENT, layout),
                                0,
                                null,
                                Activation.NONE,
                                dx)
                        .run();
                return dx;
            }
            ConvolutionInputGradient bands = stride == 1
                    ? ConvolutionInputGradient.ofStride1(dx, gradient)
                    : ConvolutionInputGradient.whole(dx, gradient, stride);
            Kernel[] kernels = bands.kernels(context.kernels(), stride);
            long[] weights = new long[kernels.length];
            for (int tile = 0; tile < kernels.length; tile++) {
                weights[tile] = tile > 0 && kernels[tile] == kernels[tile - 1]
                        ? weights[tile - 1]
                        : weight.convolutionBackwardWeights(context, kernels[tile].weights(dy.channels(), in, 3, 3));
            }
            context.threads().forEach(dx.shape[0] * kernels.length, (worker, task) -> {
                int view = task / kernels.length;
                int tile = task % kernels.length;
                kernels[tile].run(worker, bands.gradient(view, tile), weights[tile], bands.result(view, tile));
            });
        }
        return dx;
    }

    /**
     * Returns the gradient for the weight, (out, in, 3, 3). Bands of rows are divided into a few groups, each with its
     * own sum, so that the order of additions does not depend on timing.
     */
    OneDnnTensor weightGradient(OneDnnTensor dyMap, OneDnnTensor map, OneDnnParameter weight, int stride) {
        int out = weight.shape()[0];
        int in = weight.shape()[1];
        OneDnnTensor result = context.memory().tensor(weight.shape());
        try (var scope = context.memory().scope()) {
            OneDnnTensor dy = context.cast(context.precision(), dyMap);
            OneDnnTensor x = context.cast(context.precision(), map);
            boolean winograd =
                    Winograd.appliesToWeightGradient(context.precision(), stride, dy.shape[1], dy.shape[2], in, out);
            BandGradient parts = winograd
                    ? new WinogradBandGradient(context, x, dy)
                    : new DirectBandGradient(context, x, dy, stride);
            long floats = AlignedBuffer.wholeLines(parts.floats());
            int bands = parts.bands();
            int groups = (int) Math.min(bands, Math.max(1, Math.min(MAX_GROUPS, MAX_GROUP_VALUES / floats)));
            OneDnnTensor sums = context.memory().tensor(groups, Math.toIntExact(floats));
            OneDnnTensor scratch = context.scratch(floats);
            Layout all = Layout.dense(floats);
            Kernel add = context.kernels().binary(dnnl_binary_add, all, all, all);
            context.threads().forEach(groups, (worker, group) -> {
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
            });
            OneDnnTensor total = context.memory().tensor(Math.toIntExact(floats));
            new Reductions(context).sumParts(sums, total.at(0));
            parts.finish(total.at(0), result);
        }
        return result;
    }
}
