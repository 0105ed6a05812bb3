package da3.onednn;

import da3.nn.Activation;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * 3x3 convolutions of maps with channels innermost, in bands of image rows.
 *
 * <p>A band's function before the convolution goes into scratch that stays in cache: no map is written twice.
 */
final class Convolution3x3 {

    /** Multiplications of a band. */
    static final long WORK = 1L << 26;

    private final ExecutionContext context;

    Convolution3x3(ExecutionContext context) {
        this.context = context;
    }

    /** Rows {@code from} on of the result, the rows of the image that they need, and the zeros above and below those. */
    record Band(int from, int rows, int firstInput, int inputs, int top, int bottom) {
        static Band of(Tiling tiling, int part, int height, int stride) {
            int first = tiling.from(part) * stride - 1;
            int last = (tiling.from(part) + tiling.length(part) - 1) * stride + 1;
            int top = first < 0 ? 1 : 0;
            int bottom = last >= height ? 1 : 0;
            return new Band(
                    tiling.from(part), tiling.length(part), first + top, last - first + 1 - top - bottom, top, bottom);
        }
    }

    /** after(conv(before(x)) + bias + residual); {@code bias} and {@code residual} null for none. */
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
            throw new IllegalArgumentException(
                    weight.name() + " takes " + weight.shape()[1] + " channels, not those of " + map);
        }
        if (bias != null) {
            bias.requireValues(out);
        }
        int h = map.shape[1];
        int w = map.shape[2];
        int columns = (w + stride - 1) / stride;
        int rows = (h + stride - 1) / stride;
        OneDnnTensor y = context.memory().tensor(context.precision(), map.shape[0], rows, columns, out);
        Layout weights = Layout.any(out, in, 3, 3).in(context.precision());
        long b = bias == null ? 0 : bias.plain();
        Tiling tiling = Tiling.atMost(rows, WORK / (9L * in * out * columns));
        Step[] steps = new Step[tiling.parts()];
        try (var scope = context.memory().scope()) {
            OneDnnTensor x = context.in(context.precision(), map);
            for (int part = 0; part < steps.length; part++) {
                Band band = Band.of(tiling, part, h, stride);
                Kernel conv = context.kernels()
                        .convolution(
                                x.map(band.inputs, w),
                                weights,
                                b == 0 ? null : Layout.dense(out),
                                y.map(band.rows, columns),
                                stride,
                                band.top,
                                band.bottom,
                                (columns - 1) * stride + 2 - w,
                                after(band.rows, columns, residual, after));
                Kernel first = before == Activation.NONE
                        ? null
                        : context.kernels()
                                .function(x.dense((long) band.inputs * w * in), (PostOp.Function) PostOp.of(before));
                steps[part] = new Step(band, first, conv);
            }
            Map<Kernel, Long> packed = new IdentityHashMap<>();
            for (Step step : steps) {
                packed.computeIfAbsent(step.conv, conv -> weight.convolution(context, conv.weights(out, in, 3, 3)));
            }
            long bandSize = before == Activation.NONE ? 0 : ((long) tiling.step() * stride + 2) * w * in;
            OneDnnTensor scratch = bandSize == 0 ? null : context.scratch((x.bytes(bandSize) + 3) / 4);
            context.threads().forEach(x.shape[0] * tiling.parts(), (worker, task) -> {
                Step step = steps[task % tiling.parts()];
                long view = task / tiling.parts();
                long source = x.at((view * h + step.band.firstInput) * w * in);
                long target = (view * rows + step.band.from) * columns * out;
                if (step.first != null) {
                    step.first.run(worker, source, ExecutionContext.own(scratch, worker));
                    source = ExecutionContext.own(scratch, worker);
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

    private static PostOp[] after(int rows, int columns, OneDnnTensor residual, Activation activation) {
        List<PostOp> after = new ArrayList<>();
        if (residual != null) {
            after.add(PostOp.plus(residual.map(rows, columns)));
        }
        if (activation != Activation.NONE) {
            after.add(PostOp.of(activation));
        }
        return after.toArray(PostOp[]::new);
    }
}
