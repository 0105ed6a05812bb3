package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Activation;
import da3.nn.Precision;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * 3x3 convolutions of feature maps as sums of products of 8-bit integers.
 *
 * <p>Every view has one scale, so that its result depends neither on other views nor on the bands. Bands are quantized
 * in cache right before they are convolved, after the activation that precedes the convolution.
 */
final class QuantizedConvolution {

    private final ExecutionContext context;

    QuantizedConvolution(ExecutionContext context) {
        this.context = context;
    }

    /** Returns whether a quantized convolution can follow an activation: one that keeps the scale of its argument. */
    static boolean follows(Activation before) {
        return before == Activation.NONE || before == Activation.RELU;
    }

    /** Returns the floats of scratch memory for the integers of a band. */
    static long scratchFloats(long bandValues) {
        return (bandValues + 3) / 4;
    }

    /**
     * Computes y = after(conv(before(x)) + bias + residual).
     *
     * @param bias may be null, like residual
     */
    void apply(
            OneDnnTensor x,
            Activation before,
            OneDnnParameter weight,
            OneDnnParameter bias,
            int stride,
            OneDnnTensor residual,
            Activation after,
            OneDnnTensor y) {
        int h = x.shape[1];
        int w = x.shape[2];
        int in = x.shape[3];
        int rows = y.shape[1];
        int columns = y.shape[2];
        int out = y.shape[3];
        Tiling tiling = Convolution3x3.rowTiling(in, y.shape, context.threads().workers());
        Layout weights = Layout.any(out, in, 3, 3).withPrecision(Precision.INT8);
        Step[] steps = new Step[tiling.count()];
        for (int tile = 0; tile < steps.length; tile++) {
            Convolution3x3.Band band = Convolution3x3.Band.of(tiling, tile, h, stride);
            int values = Math.multiplyExact(band.inputRows(), w * in);
            Kernel round = context.kernels()
                    .binary(
                            dnnl_binary_mul,
                            x.dense(1, values),
                            Layout.dense(1, 1),
                            Layout.dense(1, values).withPrecision(Precision.INT8),
                            before == Activation.NONE ? new PostOp[0] : new PostOp[] {PostOp.of(before)});
            Kernel convolution = context.kernels()
                    .convolution(
                            Layout.map(band.inputRows(), w, in).withPrecision(Precision.INT8),
                            weights,
                            null,
                            y.map(band.rows(), columns),
                            stride,
                            band.padTop(),
                            band.padBottom(),
                            (columns - 1) * stride + 2 - w,
                            postOps(y, band.rows(), bias != null, residual, after));
            steps[tile] = new Step(band, round, convolution);
        }
        Map<Kernel, QuantizedWeight.Factor> packed = new IdentityHashMap<>();
        for (Step step : steps) {
            packed.computeIfAbsent(
                    step.convolution, kernel -> weight.quantizedConvolution(context, kernel.weights(out, in, 3, 3)));
        }
        long b = bias == null ? 0 : bias.address();
        try (var scope = context.memory().scope()) {
            OneDnnTensor scales = context.memory().tensor(x.shape[0], 2);
            measure(x, before, scales);
            OneDnnTensor scratch = context.scratch(scratchFloats(Convolution3x3.bandValues(tiling, stride, w, in)));
            context.threads().forEach(x.shape[0] * tiling.count(), (worker, task) -> {
                Step step = steps[task % tiling.count()];
                long view = task / tiling.count();
                long source = x.at((view * h + step.band.firstInputRow()) * w * in);
                long target = (view * rows + step.band.firstRow()) * columns * out;
                long integers = ExecutionContext.workerScratch(scratch, worker);
                step.round.run(worker, source, scales.at(2 * view + 1), integers);
                QuantizedWeight.Factor factor = packed.get(step.convolution);
                step.convolution.run(
                        worker,
                        integers,
                        factor.integers(),
                        0,
                        y.at(target),
                        scales.at(2 * view),
                        factor.scales(),
                        b,
                        residual == null ? 0 : residual.at(target));
            });
        }
    }

    private record Step(Convolution3x3.Band band, Kernel round, Kernel convolution) {}

    private static PostOp[] postOps(OneDnnTensor y, int rows, boolean bias, OneDnnTensor residual, Activation after) {
        Layout perChannel = Layout.dense(1, y.channels(), 1, 1);
        List<PostOp> postOps = new ArrayList<>();
        postOps.add(PostOp.times(Layout.dense(1, 1, 1, 1)));
        postOps.add(PostOp.times(perChannel));
        if (bias) {
            postOps.add(PostOp.plus(perChannel));
        }
        Layout added = residual == null ? null : residual.map(rows, y.shape[2]);
        postOps.addAll(List.of(PostOp.finishing(added, after)));
        return postOps.toArray(PostOp[]::new);
    }

    /** Writes the scale of each view and its inverse: (views, 2). */
    private void measure(OneDnnTensor x, Activation before, OneDnnTensor scales) {
        int h = x.shape[1];
        int row = x.shape[2] * x.channels();
        int views = x.shape[0];
        Tiling tiling = Tiling.balanced(h, h, 1, context.threads().workers());
        Kernel[] max = tiling.kernels(
                n -> context.kernels().rowExtremum(dnnl_reduction_max, x.dense(n, row), Layout.dense(n, 1)));
        Kernel[] min = tiling.kernels(
                n -> context.kernels().rowExtremum(dnnl_reduction_min, x.dense(n, row), Layout.dense(n, 1)));
        try (var scope = context.memory().scope()) {
            OneDnnTensor extrema = context.memory().tensor(2, views * h);
            context.threads().forEach(views * tiling.count(), (worker, task) -> {
                int tile = task % tiling.count();
                long first = (long) task / tiling.count() * h + tiling.start(tile);
                max[tile].run(worker, x.at(first * row), extrema.at(first));
                min[tile].run(worker, x.at(first * row), extrema.at((long) views * h + first));
            });
            FloatBuffer values = NativeAddress.floats(extrema.at(0), 2 * views * h);
            FloatBuffer pairs = NativeAddress.floats(scales.at(0), 2 * views);
            for (int view = 0; view < views; view++) {
                float largest = 0;
                for (int i = view * h; i < (view + 1) * h; i++) {
                    largest = Math.max(largest, values.get(i));
                    if (before != Activation.RELU) {
                        largest = Math.max(largest, -values.get(views * h + i));
                    }
                }
                RowQuantizer.writeScale(largest, pairs, 2 * view, 2 * view + 1);
            }
        }
    }
}
