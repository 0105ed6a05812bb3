package da3.onednn;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.Parameter;
import da3.onednn.WinogradWeight.Use;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * 3x3 convolutions of feature maps with channels last, in bands of rows. Large maps in float32 are left to {@link
 * WinogradConvolution}, 8-bit integers to {@link QuantizedConvolution}.
 *
 * <p>An activation before the convolution is applied band by band into scratch memory that stays in cache, so that no
 * map is written twice.
 */
final class Convolution3x3 {

    static final long MAX_TILE_MULTIPLICATIONS = 1L << 26;

    /** With fewer rows, the input rows around a band cost too much. */
    private static final int MIN_TILE_ROWS = 4;

    /** With fewer, the input is an image, and rounding it saves little time. */
    private static final int MIN_QUANTIZED_INPUTS = 16;

    /** In the names of the weights that predict rays: features with outliers, which one scale cannot represent. */
    private static final String RAYS = "_aux.";

    private final ExecutionContext context;
    private final QuantizedConvolution quantized;

    Convolution3x3(ExecutionContext context) {
        this.context = context;
        this.quantized = new QuantizedConvolution(context);
    }

    /** Returns whether a weight is that of a 3x3 convolution that can be computed with 8-bit integers. */
    static boolean isQuantizable(Parameter weight) {
        int[] shape = weight.shape();
        boolean of3x3 = shape.length == 4 && shape[2] == 3;
        return of3x3 && shape[1] >= MIN_QUANTIZED_INPUTS && !weight.name().contains(RAYS);
    }

    /**
     * A band of result rows, the input rows that they depend on, and the rows of zero padding above and below those.
     */
    record Band(int firstRow, int rows, int firstInputRow, int inputRows, int padTop, int padBottom) {
        static Band of(Tiling tiling, int tile, int height, int stride) {
            int first = tiling.start(tile) * stride - 1;
            int last = (tiling.start(tile) + tiling.length(tile) - 1) * stride + 1;
            int top = first < 0 ? 1 : 0;
            int bottom = last >= height ? 1 : 0;
            return new Band(
                    tiling.start(tile), tiling.length(tile), first + top, last - first + 1 - top - bottom, top, bottom);
        }
    }

    /**
     * Returns tiles of the rows of a result.
     *
     * @param in channels of the input
     * @param shape shape of the result, (views, rows, columns, out)
     */
    static Tiling rowTiling(int in, int[] shape, int workers) {
        long most = MAX_TILE_MULTIPLICATIONS / (9L * in * shape[3] * shape[2]);
        return Tiling.balanced(shape[1], most, MIN_TILE_ROWS, workers);
    }

    /** Returns the maximum number of input values of a band. */
    static long bandValues(Tiling tiling, int stride, int columns, int in) {
        return ((long) tiling.tileSize() * stride + 2) * columns * in;
    }

    /** Computes after(conv(before(x)) + bias + residual); {@code bias} and {@code residual} may be null. */
    OneDnnTensor apply(
            OneDnnTensor map,
            Activation before,
            OneDnnParameter weight,
            OneDnnParameter bias,
            int stride,
            OneDnnTensor residual,
            Activation after) {
        int in = map.shape[3];
        int out = weight.shape()[0];
        if (weight.shape()[1] != in) {
            throw Check.invalid("input of " + weight.name(), weight.shape()[1] + " channels", map);
        }
        if (bias != null) {
            bias.requireCount(out);
        }
        int h = map.shape[1];
        int w = map.shape[2];
        int columns = (w + stride - 1) / stride;
        int rows = (h + stride - 1) / stride;
        OneDnnTensor y = context.memory().tensor(context.precision(), map.shape[0], rows, columns, out);
        if (context.isQuantized() && isQuantizable(weight) && QuantizedConvolution.follows(before)) {
            quantized.apply(map, before, weight, bias, stride, residual, after, y);
            return y;
        }
        long b = bias == null ? 0 : bias.address();
        if (Winograd.applies(context.precision(), stride, rows, columns, in, out)) {
            try (var scope = context.memory().scope()) {
                OneDnnTensor x = context.cast(context.precision(), map);
                WinogradConvolution winograd = new WinogradConvolution(
                        context,
                        x,
                        before,
                        layout -> weight.winogradWeights(context, Use.CONVOLUTION, layout),
                        b,
                        residual,
                        after,
                        y);
                context.threads().run(List.of(winograd.work()));
            }
            return y;
        }
        Layout weights = Layout.any(out, in, 3, 3).withPrecision(context.precision());
        Tiling tiling = rowTiling(in, y.shape, context.threads().workers());
        Step[] steps = new Step[tiling.count()];
        try (var scope = context.memory().scope()) {
            OneDnnTensor x = context.cast(context.precision(), map);
            for (int tile = 0; tile < steps.length; tile++) {
                Band band = Band.of(tiling, tile, h, stride);
                Kernel conv = context.kernels()
                        .convolution(
                                x.map(band.inputRows, w),
                                weights,
                                b == 0 ? null : Layout.dense(out),
                                y.map(band.rows, columns),
                                stride,
                                band.padTop,
                                band.padBottom,
                                (columns - 1) * stride + 2 - w,
                                PostOp.finishing(residual == null ? null : residual.map(band.rows, columns), after));
                Kernel first = before == Activation.NONE
                        ? null
                        : context.kernels()
                                .function(x.dense((long) band.inputRows * w * in), (PostOp.Function) PostOp.of(before));
                steps[tile] = new Step(band, first, conv);
            }
            Map<Kernel, Long> packed = new IdentityHashMap<>();
            for (Step step : steps) {
                packed.computeIfAbsent(
                        step.conv, conv -> weight.convolutionWeights(context, conv.weights(out, in, 3, 3)));
            }
            long bandSize = before == Activation.NONE ? 0 : bandValues(tiling, stride, w, in);
            OneDnnTensor scratch = bandSize == 0 ? null : context.scratch((x.bytes(bandSize) + 3) / 4);
            context.threads().forEach(x.shape[0] * tiling.count(), (worker, task) -> {
                Step step = steps[task % tiling.count()];
                long view = task / tiling.count();
                long source = x.at((view * h + step.band.firstInputRow) * w * in);
                long target = (view * rows + step.band.firstRow) * columns * out;
                if (step.first != null) {
                    step.first.run(worker, source, ExecutionContext.workerScratch(scratch, worker));
                    source = ExecutionContext.workerScratch(scratch, worker);
                }
                step.conv.run(
                        worker,
                        source,
                        packed.get(step.conv),
                        b,
                        y.at(target),
                        residual == null ? 0 : residual.at(target));
            });
        }
        return y;
    }

    private record Step(Band band, Kernel first, Kernel conv) {}
}
