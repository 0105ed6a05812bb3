package da3.weights;

import da3.geometry.check.Check;
import da3.nn.WeightSource;
import da3.nn.WeightsException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Untrained weights that are determined by the name of a tensor and the index of a value, so that networks of any size
 * can be run and compared without files. Predictions with them are meaningless.
 *
 * <p>Each value is {@code offset + scale * u}, with u uniform in [-1, 1) from SplitMix64 (Steele, Lea and Flood, 2014)
 * seeded with the 64-bit FNV-1a hash of the name. Offset and scale depend on the name and the shape, such that depth,
 * rays and cameras are in sensible ranges.
 */
public final class SeededWeights implements WeightSource {

    private static final int CHUNK = 1 << 16;

    @Override
    public boolean has(String name) {
        return true;
    }

    /** Accepts every name and shape. */
    @Override
    public void require(String name, int... shape) {}

    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        long elements = 1;
        for (int length : shape) {
            elements *= length;
        }
        if (elements > into.remaining()) {
            throw new WeightsException(Check.message(
                    "remaining buffer for tensor " + name + " of shape " + Arrays.toString(shape),
                    "at least " + elements + " values",
                    into.remaining()));
        }
        int count = (int) elements;
        int start = into.position();
        long hash = hash(name);
        Range range = range(name, shape);
        // chunks write disjoint parts of the buffer, and every value depends only on its index
        IntStream.range(0, (count + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            int from = chunk * CHUNK;
            float[] values = new float[Math.min(CHUNK, count - from)];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(hash, from + i, range);
            }
            into.put(start + from, values);
        });
        into.position(start + count);
    }

    @Override
    public String description() {
        return "seeded weights";
    }

    @Override
    public void close() {}

    /** A range of values from offset - scale to offset + scale. */
    record Range(double offset, double scale) {}

    static Range range(String name, int[] shape) {
        if (name.endsWith(".gamma")) {
            return new Range(0.3, 0.1);
        } else if (name.endsWith("cls_token") || name.endsWith("camera_token")) {
            return new Range(0, 1);
        } else if (name.endsWith("pos_embed")) {
            return new Range(0, 0.5);
        } else if (name.endsWith("cam_dec.fc_fov.0.bias")) {
            return new Range(1, 0.1);
        } else if (name.endsWith("cam_dec.fc_qvec.bias")) {
            return new Range(0.5, 0.25);
        } else if (name.endsWith("sky_output_conv2.2.bias") || name.endsWith("object_output_conv2.2.bias")) {
            return new Range(0.3, 0.05);
        } else if (name.endsWith(".bias")) {
            return new Range(0, 0.05);
        } else if (shape.length == 1) {
            return new Range(1, 0.1);
        }
        return new Range(0, gain(name) * Math.sqrt(3.0 / fanIn(name, shape)));
    }

    private static double gain(String name) {
        if (name.endsWith("patch_embed.proj.weight")) {
            return 1.5;
        } else if (name.endsWith("attn.qkv.weight")) {
            return 2;
        } else if (name.endsWith("cam_dec.fc_fov.0.weight")) {
            return 0.1;
        } else if (name.endsWith("cam_dec.fc_qvec.weight")) {
            return 0.2;
        } else if (name.endsWith(".output_conv2.2.weight")) {
            return 0.5;
        }
        return 1;
    }

    private static long fanIn(String name, int[] shape) {
        // transposed convolutions (in, out, kernel, kernel), where each output depends on every input once
        if (name.endsWith("resize_layers.0.weight") || name.endsWith("resize_layers.1.weight")) {
            return shape[0];
        }
        long product = 1;
        for (int i = 1; i < shape.length; i++) {
            product *= shape[i];
        }
        return product;
    }

    /** Returns the 64-bit FNV-1a hash of the UTF-8 bytes of a name. */
    static long hash(String name) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001B3L;
        }
        return hash;
    }

    /** Returns output {@code i} of the SplitMix64 stream seeded with {@code hash}. */
    static long mix(long hash, long i) {
        long x = hash + (i + 1) * 0x9E3779B97F4A7C15L;
        x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }

    private static float value(long hash, int i, Range range) {
        double u = (mix(hash, i) >>> 40) * 0x1p-24;
        return (float) (range.offset + range.scale * (2 * u - 1));
    }
}
