package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.geometry.check.Check;
import da3.nn.Precision;
import da3.onednn.BackwardKernels.Padding;
import da3.onednn.Convolution3x3.Band;

/** Gradients of 3x3 convolutions. */
final class ConvolutionBackward {

    /** Limits of the partial sums of a weight gradient: their number, and the values that they have together. */
    private static final int MAX_GROUPS = 8;

    private static final long MAX_GROUP_VALUES = 1 << 22;

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
            Bands bands = new Bands(x, dy, stride);
            long floats = AlignedBuffer.wholeLines(bands.gradient.floats());
            int units = x.shape[0] * bands.tiling.count();
            int groups = (int) Math.min(units, Math.max(1, Math.min(MAX_GROUPS, MAX_GROUP_VALUES / floats)));
            OneDnnTensor sums = context.memory().tensor(groups, Math.toIntExact(floats));
            OneDnnTensor scratch = context.scratch(floats);
            Layout all = Layout.dense(floats);
            Kernel add = context.kernels().binary(dnnl_binary_add, all, all, all);
            context.threads().forEach(groups, (worker, group) -> {
                long sum = sums.at(group * floats);
                int first = (int) ((long) group * units / groups);
                int last = (int) ((group + 1L) * units / groups);
                for (int unit = first; unit < last; unit++) {
                    long to = unit == first ? sum : ExecutionContext.workerScratch(scratch, worker);
                    bands.run(worker, unit, to);
                    if (unit > first) {
                        add.run(worker, sum, to, sum);
                    }
                }
            });
            OneDnnTensor total = context.memory().tensor(Math.toIntExact(floats));
            new Reductions(context).sumParts(sums, total.at(0));
            context.kernels()
                    .reorder(bands.gradient, Layout.dense(out, in, 3, 3))
                    .run(0, total.at(0), result.at(0));
        }
        return result;
    }

    /** All views in bands of rows, and the primitives that compute the gradient of a band. */
    private final class Bands {
        final Tiling tiling;
        final Layout gradient;
        private final OneDnnTensor x; // (views, h, w, in)
        private final OneDnnTensor dy; // (views, rows, columns, out)
        private final Band[] bands;
        private final Kernel[] kernels;

        Bands(OneDnnTensor x, OneDnnTensor dy, int stride) {
            this.x = x;
            this.dy = dy;
            int h = x.shape[1];
            int w = x.shape[2];
            int in = x.channels();
            int out = dy.channels();
            int rows = dy.shape[1];
            int columns = dy.shape[2];
            this.tiling = Tiling.of(rows, Convolution3x3.MAX_TILE_MULTIPLICATIONS / (9L * in * out * columns));
            this.bands = new Band[tiling.count()];
            this.kernels = new Kernel[tiling.count()];
            Layout preferred = Layout.any(out, in, 3, 3);
            for (int tile = 0; tile < bands.length; tile++) {
                Band band = Band.of(tiling, tile, h, stride);
                bands[tile] = band;
                kernels[tile] = context.kernels()
                        .backward()
                        .convolutionWeights(
                                x.map(band.inputRows(), w),
                                Layout.any(out, in, 3, 3).withPrecision(x.precision),
                                preferred,
                                dy.map(band.rows(), columns),
                                stride,
                                new Padding(band.padTop(), band.padBottom(), (columns - 1) * stride + 2 - w));
                if (tile == 0) {
                    preferred =
                            kernels[0].weightGradient(out, in, 3, 3); // all bands share a layout, since they are summed
                }
            }
            this.gradient = preferred;
        }

        void run(int worker, int unit, long to) {
            int tile = unit % tiling.count();
            long view = unit / tiling.count();
            Band band = bands[tile];
            long source = (view * x.shape[1] + band.firstInputRow()) * x.shape[2] * x.channels();
            long target = (view * dy.shape[1] + band.firstRow()) * dy.shape[2] * dy.channels();
            kernels[tile].run(worker, x.at(source), dy.at(target), to);
        }
    }
}
