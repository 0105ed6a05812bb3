package da3.evaluation.lpips;

import da3.weights.safetensors.SafetensorsWriter;
import da3.weights.safetensors.SafetensorsWriter.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** LPIPS networks with few channels, whose weights follow from their order. */
public enum SmallLpips {
    ALEX("1.0 2.3 3.6 4.8 5.10", "11 5 3 3 3", "8 12 10 6 6"),
    VGG(
            "1.0 1.2 2.5 2.7 3.10 3.12 3.14 4.17 4.19 4.21 5.24 5.26 5.28",
            "3 3 3 3 3 3 3 3 3 3 3 3 3",
            "4 4 6 6 8 8 8 10 10 10 6 6 6");

    private final String[] layers;
    private final int[] sizes;
    private final int[] widths;

    /**
     * @param layers slice and number of each convolution
     * @param sizes sides of their kernels
     * @param widths numbers of their output channels
     */
    SmallLpips(String layers, String sizes, String widths) {
        this.layers = layers.split(" ");
        this.sizes = numbers(sizes);
        this.widths = numbers(widths);
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    /** Returns values in [-1, 1) that follow from their index and a seed. */
    static double[] uniform(int count, int seed) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            long hash = (i + seed * 1_000_003L + 1) * 0x9E3779B97F4A7C15L;
            hash = (hash ^ hash >>> 29) * 0xBF58476D1CE4E5B9L;
            hash ^= hash >>> 32;
            values[i] = (hash >>> 40) / (double) (1 << 23) - 1;
        }
        return values;
    }

    /**
     * Writes the weights and returns the file.
     *
     * @param leftOut names of tensors that are not written
     */
    public Path write(Path file, String... leftOut) throws IOException {
        Map<String, Entry> tensors = new LinkedHashMap<>();
        int[] channels = new int[5]; // after each slice
        int in = 3;
        for (int i = 0; i < layers.length; i++) {
            int out = widths[i];
            int inputs = in * sizes[i] * sizes[i];
            String name = "net.slice" + layers[i];
            float[] weight = floats(out * inputs, 2 * i, Math.sqrt(6.0 / inputs), 0);
            tensors.put(name + ".weight", Entry.floats(weight, out, in, sizes[i], sizes[i]));
            tensors.put(name + ".bias", Entry.floats(floats(out, 2 * i + 1, 0.1, 0), out));
            in = out;
            channels[layers[i].charAt(0) - '1'] = out;
        }
        for (int s = 0; s < channels.length; s++) {
            float[] weights = floats(channels[s], 2 * layers.length + s, 0.5, 0.5);
            tensors.put("lin" + s + ".model.1.weight", Entry.floats(weights, 1, channels[s], 1, 1));
        }
        List.of(leftOut).forEach(tensors::remove);
        SafetensorsWriter.write(file, tensors, Map.of());
        return file;
    }

    private static float[] floats(int count, int seed, double scale, double offset) {
        double[] values = uniform(count, seed);
        float[] floats = new float[count];
        Arrays.setAll(values, i -> values[i] * scale + offset);
        for (int i = 0; i < count; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
