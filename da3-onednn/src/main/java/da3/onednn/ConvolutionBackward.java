package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.autograd.DifferentiableEngine.LayerGradients;
import da3.nn.autograd.DifferentiableEngine.Wanted;
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

    /**
     * Returns the gradients for the input before any activation, (views, h, w, out) -> (views, rows, columns, in); for the
     * weight; and for the bias.
     *
     * @param map the input; only read for the weight, may be null otherwise
     */
    LayerGradients apply(
            OneDnnTensor dy,
            OneDnnTensor map,
            OneDnnParameter weight,
            int stride,
            int rows,
            int columns,
            Wanted wanted) {
        int out = weight.shape()[0];
        int in = weight.shape()[1];
        if (dy.channels() != out) {
            throw Check.invalid("output gradient of " + weight.name(), out + " channels", dy);
        }
        if (wanted.weight() && map.channels() != in) {
            throw Check.invalid("input of " + weight.name(), in + " channels", map);
        }
        OneDnnTensor dx =
                wanted.x() ? context.memory().tensor(context.precision(), dy.shape[0], rows, columns, in) : null;
        OneDnnTensor dWeight = wanted.weight() ? context.memory().tensor(weight.shape()) : null;
        OneDnnTensor dBias = wanted.bias() ? context.memory().tensor(out) : null;
        try (var scope = context.memory().scope()) {
            OneDnnTensor gradient = context.cast(context.precision(), dy);
            List<Work> parts = new ArrayList<>();
            if (wanted.weight()) {
                parts.add(prepareWeightGradient(gradient, context.cast(context.precision(), map), stride, dWeight));
            }
            if (wanted.x()) {
                parts.add(prepareInputGradient(gradient, weight, stride, dx));
            }
            if (wanted.bias()) {
                parts.add(new Reductions(context).prepareSumRows(dy, dBias));
            }
            context.threads().run(parts);
        }
        return new LayerGradients(dx, dWeight, dBias);
    }

    private Work prepareInputGradient(OneDnnTensor dy, OneDnnParameter weight, int stride, OneDnnTensor dx) {
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
     * Bands of rows are divided into a few groups, each with its own sum, so that the order of additions does not depend
     * on timing.
     */
    private Work prepareWeightGradient(OneDnnTensor dy, OneDnnTensor x, int stride, OneDnnTensor dWeight) {
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
