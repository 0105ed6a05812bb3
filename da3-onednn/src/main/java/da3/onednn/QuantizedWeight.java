package da3.onednn;

import da3.nn.Precision;
import java.util.function.LongConsumer;

/**
 * A weight (out, in) as 8-bit integers, packed for products, with one scale per output channel: a value is its integer
 * times the scale. Integers are between -127 and 127.
 */
final class QuantizedWeight implements AutoCloseable {

    /** The largest integer. */
    static final int MAX = 127;

    private static final int TILE_CHANNELS = 64;

    private final int in;
    private final int out;
    private final PackedWeight integers;
    private final AlignedBuffer scales; // (out)

    QuantizedWeight(ExecutionContext context, int in, int out) {
        Layout layout = context.kernels().packedInt8Matrix(in, out);
        this.in = in;
        this.out = out;
        this.integers = new PackedWeight(layout, Precision.INT8, layout.floats());
        this.scales = new AlignedBuffer(out);
    }

    /** The addresses of a quantized weight. */
    record Factor(long integers, Layout layout, long scales) {}

    /** Supplies the values in the checkpoint layout. */
    interface Values {
        void passTo(LongConsumer reader);
    }

    /** Returns the weight, after quantizing it if its version is not the current one. */
    Factor factor(ExecutionContext context, int version, Values values) {
        long address = integers.address(version, to -> values.passTo(from -> quantize(context, from, to)));
        return new Factor(address, integers.layout, scales.address);
    }

    private void quantize(ExecutionContext context, long values, long to) {
        try (var scope = context.memory().scope()) {
            OneDnnTensor rows = context.memory().tensor(Precision.INT8, out, in);
            Tiling tiling = Tiling.of(out, TILE_CHANNELS);
            context.threads().forEach(tiling.count(), (worker, tile) -> {
                float[] row = new float[in];
                byte[] rounded = new byte[in];
                for (int i = tiling.start(tile); i < tiling.start(tile) + tiling.length(tile); i++) {
                    NativeAddress.floats(values + 4L * i * in, in).get(row);
                    float scale = quantize(row, rounded);
                    NativeAddress.bytes(rows.at((long) i * in), in).put(rounded);
                    NativeAddress.floats(scales.address + 4L * i, 1).put(scale);
                }
            });
            Layout checkpoint = Layout.strided(new long[] {1, 1, in, out}, (long) in * out, (long) in * out, 1, in)
                    .withPrecision(Precision.INT8);
            context.kernels().reorder(checkpoint, integers.layout).run(0, rows.at(0), to);
        }
    }

    /** Rounds values to integers and returns their scale. */
    static float quantize(float[] values, byte[] integers) {
        float max = 0;
        for (float value : values) {
            max = Math.max(max, Math.abs(value));
        }
        for (int i = 0; i < values.length; i++) {
            integers[i] = max == 0 ? 0 : (byte) Math.round(values[i] / max * MAX);
        }
        return max / MAX;
    }

    @Override
    public void close() {
        integers.close();
        scales.close();
    }
}
