package da3.onednn;

import da3.nn.Precision;
import java.util.HashMap;
import java.util.Map;

/**
 * A weight (out, ..) as 8-bit integers with one scale per output channel: a value is its integer times the scale.
 * Integers are between -127 and 127. They are packed once for every layout that products require.
 */
final class QuantizedWeight implements AutoCloseable {

    /** The largest integer. */
    static final int MAX = 127;

    private static final int TILE_CHANNELS = 64;

    private final int out;
    private final int length; // values per output channel
    private final Map<Layout, PackedWeight> integers = new HashMap<>();
    private final AlignedBuffer scales; // (out)

    /** @param length number of values per output channel */
    QuantizedWeight(int out, int length) {
        this.out = out;
        this.length = length;
        this.scales = new AlignedBuffer(out);
    }

    /** A factor of a product: the addresses and the layout of a quantized weight. */
    record Factor(long integers, Layout layout, long scales) {}

    /**
     * Returns the weight in a layout, after quantizing it if that of its version is not there.
     *
     * @param checkpoint layout of the checkpoint
     */
    Factor factor(
            ExecutionContext context, Layout checkpoint, Layout required, int version, PackedWeight.Values values) {
        PackedWeight packed =
                integers.computeIfAbsent(required, layout -> new PackedWeight(layout, Precision.INT8, layout.floats()));
        long address =
                packed.address(version, to -> values.passTo(from -> quantize(context, checkpoint, from, required, to)));
        return new Factor(address, required, scales.address);
    }

    private void quantize(ExecutionContext context, Layout checkpoint, long from, Layout required, long to) {
        try (var scope = context.memory().scope()) {
            OneDnnTensor rounded = context.memory().tensor(Precision.INT8, out, length);
            Tiling tiling = Tiling.of(out, TILE_CHANNELS);
            context.threads().forEach(tiling.count(), (worker, tile) -> {
                float[] values = new float[length];
                byte[] bytes = new byte[length];
                for (int i = tiling.start(tile); i < tiling.start(tile) + tiling.length(tile); i++) {
                    NativeAddress.floats(from + 4L * i * length, length).get(values);
                    float scale = quantize(values, bytes);
                    NativeAddress.bytes(rounded.at((long) i * length), length).put(bytes);
                    NativeAddress.floats(scales.address + 4L * i, 1).put(scale);
                }
            });
            Kernel pack = context.kernels().reorder(checkpoint.withPrecision(Precision.INT8), required);
            pack.run(0, rounded.at(0), to);
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
        integers.values().forEach(PackedWeight::close);
        scales.close();
    }
}
