package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Precision;
import da3.onednn.BackwardKernels.Padding;
import da3.onednn.Convolution3x3.Band;

/** Gradients of 3x3 convolutions. */
final class ConvolutionBackward {

    /** Partial sums of the gradient of a weight, at most, and the values that they have together. */
    private static final int GROUPS = 8;

    private static final long GROUP_VALUES = 1 << 22;

    private final ExecutionContext context;

    ConvolutionBackward(ExecutionContext context) {
        this.context = context;
    }

    /** (views, h, w, out) -> (views, rows, columns, in), before any activation. */
    OneDnnTensor data(OneDnnTensor dy, OneDnnParameter weight, int stride, int rows, int columns) {
        if (dy.channels() != weight.shape()[0]) {
            throw new IllegalArgumentException("the gradient of " + weight.name() + "'s result must have "
                    + weight.shape()[0] + " channels, got " + dy);
        }
        int in = weight.shape()[1];
        Precision precision = context.precision();
        OneDnnTensor dx = context.memory().tensor(precision, dy.shape[0], rows, columns, in);
        try (var scope = context.memory().scope()) {
            OneDnnTensor gradient = context.in(precision, dy);
            ConvolutionInputGradient bands = stride == 1
                    ? ConvolutionInputGradient.ofStride1(dx, gradient)
                    : ConvolutionInputGradient.whole(dx, gradient, stride);
            Kernel[] kernels = bands.kernels(context.kernels(), stride);
            long[] weights = new long[kernels.length];
            for (int part = 0; part < kernels.length; part++) {
                weights[part] = part > 0 && kernels[part] == kernels[part - 1]
                        ? weights[part - 1]
                        : weight.convolutionGradient(context, kernels[part].weights(dy.channels(), in, 3, 3));
            }
            context.threads().forEach(dx.shape[0] * kernels.length, (worker, task) -> {
                int view = task / kernels.length;
                int part = task % kernels.length;
                kernels[part].run(worker, bands.gradient(view, part), weights[part], bands.result(view, part));
            });
        }
        return dx;
    }

    /**
     * The gradient for the weight, (out, in, 3, 3): bands of image rows in a few groups, each with a sum of its own, so
     * that the order of additions never depends on which thread is faster.
     */
    OneDnnTensor weight(OneDnnTensor dyMap, OneDnnTensor map, OneDnnParameter weight, int stride) {
        int out = weight.shape()[0];
        int in = weight.shape()[1];
        OneDnnTensor result = context.memory().tensor(weight.shape());
        try (var scope = context.memory().scope()) {
            OneDnnTensor dy = context.in(context.precision(), dyMap);
            OneDnnTensor x = context.in(context.precision(), map);
            Bands bands = new Bands(x, dy, stride);
            long floats = (bands.gradient.floats() + 15) / 16 * 16;
            int units = x.shape[0] * bands.tiling.parts();
            int groups = (int) Math.min(units, Math.max(1, Math.min(GROUPS, GROUP_VALUES / floats)));
            OneDnnTensor sums = context.memory().tensor(groups, Math.toIntExact(floats));
            OneDnnTensor scratch = context.scratch(floats);
            Layout all = Layout.dense(floats);
            Kernel add = context.kernels().binary(dnnl_binary_add, all, all, all);
            context.threads().forEach(groups, (worker, group) -> {
                long sum = sums.at(group * floats);
                int first = (int) ((long) group * units / groups);
                int last = (int) ((group + 1L) * units / groups);
                for (int unit = first; unit < last; unit++) {
                    long to = unit == first ? sum : ExecutionContext.own(scratch, worker);
                    bands.run(worker, unit, to);
                    if (unit > first) {
                        add.run(worker, sum, to, sum);
                    }
                }
            });
            OneDnnTensor total = context.memory().tensor(Math.toIntExact(floats));
            new Reductions(context).ofParts(sums, total.at(0));
            context.kernels()
                    .reorder(bands.gradient, Layout.dense(out, in, 3, 3))
                    .run(0, total.at(0), result.at(0));
        }
        return result;
    }

    /** Every view in bands of rows, and what computes the gradient of a band. */
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
            this.tiling = Tiling.atMost(rows, Convolution3x3.WORK / (9L * in * out * columns));
            this.bands = new Band[tiling.parts()];
            this.kernels = new Kernel[tiling.parts()];
            Layout wanted = Layout.any(out, in, 3, 3);
            for (int part = 0; part < bands.length; part++) {
                Band band = Band.of(tiling, part, h, stride);
                bands[part] = band;
                kernels[part] = context.kernels()
                        .backward()
                        .convolutionWeights(
                                x.map(band.inputs(), w),
                                Layout.any(out, in, 3, 3).in(x.precision),
                                wanted,
                                dy.map(band.rows(), columns),
                                stride,
                                new Padding(band.top(), band.bottom(), (columns - 1) * stride + 2 - w));
                if (part == 0) {
                    wanted = kernels[0].weightGradient(out, in, 3, 3); // and of all bands, which are summed
                }
            }
            this.gradient = wanted;
        }

        void run(int worker, int unit, long to) {
            int part = unit % tiling.parts();
            long view = unit / tiling.parts();
            Band band = bands[part];
            long source = (view * x.shape[1] + band.firstInput()) * x.shape[2] * x.channels();
            long target = (view * dy.shape[1] + band.from()) * dy.shape[2] * dy.channels();
            kernels[part].run(worker, x.at(source), dy.at(target), to);
        }
    }
}
