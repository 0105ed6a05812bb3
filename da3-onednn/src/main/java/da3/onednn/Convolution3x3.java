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
    private static final long WORK = 1L << 26;

    private final Machine machine;

    Convolution3x3(Machine machine) {
        this.machine = machine;
    }

    /** Rows {@code from} on of the result, the rows of the image that they need, and the zeros above and below those. */
    private record Band(int from, int rows, int firstInput, int inputs, int top, int bottom) {
        static Band of(Cut cut, int part, int height, int stride) {
            int first = cut.from(part) * stride - 1;
            int last = (cut.from(part) + cut.length(part) - 1) * stride + 1;
            int top = first < 0 ? 1 : 0;
            int bottom = last >= height ? 1 : 0;
            return new Band(
                    cut.from(part), cut.length(part), first + top, last - first + 1 - top - bottom, top, bottom);
        }
    }

    /** after(conv(before(x)) + bias + residual); {@code bias} and {@code residual} null for none. */
    OneDnnTensor apply(
            OneDnnTensor x,
            Activation before,
            OneDnnParameter weight,
            OneDnnParameter bias,
            int stride,
            OneDnnTensor residual,
            Activation after) {
        int h = x.shape[1];
        int w = x.shape[2];
        int in = x.shape[3];
        int out = weight.shape()[0];
        if (weight.shape()[1] != in) {
            throw new IllegalArgumentException(
                    weight.name() + " takes " + weight.shape()[1] + " channels, not those of " + x);
        }
        if (bias != null) {
            bias.requireValues(out);
        }
        int columns = (w + stride - 1) / stride;
        OneDnnTensor y = machine.memory().tensor(x.shape[0], (h + stride - 1) / stride, columns, out);
        int rows = y.shape[1];
        Layout weights = Layout.any(out, in, 3, 3);
        long b = bias == null ? 0 : bias.plain();
        Cut cut = Cut.atMost(rows, WORK / (9L * in * out * columns));
        Step[] steps = new Step[cut.parts()];
        for (int part = 0; part < steps.length; part++) {
            Band band = Band.of(cut, part, h, stride);
            Kernel conv = machine.kernels()
                    .convolution(
                            Layout.map(band.inputs, w, in),
                            weights,
                            b == 0 ? null : Layout.dense(out),
                            Layout.map(band.rows, columns, out),
                            stride,
                            band.top,
                            band.bottom,
                            (columns - 1) * stride + 2 - w,
                            after(band.rows, columns, out, residual != null, after));
            Kernel first = before == Activation.NONE
                    ? null
                    : machine.kernels()
                            .function(Layout.dense((long) band.inputs * w * in), (PostOp.Function) PostOp.of(before));
            steps[part] = new Step(band, first, conv);
        }
        try (var scope = machine.memory().scope()) {
            Map<Kernel, Long> packed = new IdentityHashMap<>();
            for (Step step : steps) {
                packed.computeIfAbsent(step.conv, conv -> weight.convolution(machine, conv.weights(out, in, 3, 3)));
            }
            long bandSize = before == Activation.NONE ? 0 : ((long) cut.step() * stride + 2) * w * in;
            OneDnnTensor scratch = bandSize == 0 ? null : machine.scratch(bandSize);
            machine.crew().forEach(x.shape[0] * cut.parts(), (lane, task) -> {
                Step step = steps[task % cut.parts()];
                long view = task / cut.parts();
                long source = x.at((view * h + step.band.firstInput) * w * in);
                long target = (view * rows + step.band.from) * columns * out;
                if (step.first != null) {
                    step.first.run(lane, source, Machine.own(scratch, lane));
                    source = Machine.own(scratch, lane);
                }
                step.conv.run(
                        lane,
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

    private static PostOp[] after(int rows, int columns, int out, boolean residual, Activation activation) {
        List<PostOp> after = new ArrayList<>();
        if (residual) {
            after.add(PostOp.plus(Layout.map(rows, columns, out)));
        }
        if (activation != Activation.NONE) {
            after.add(PostOp.of(activation));
        }
        return after.toArray(PostOp[]::new);
    }
}
