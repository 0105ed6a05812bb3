package da3.evaluation.lpips;

import da3.weights.safetensors.SafetensorsWriter;
import da3.weights.safetensors.SafetensorsWriter.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** LPIPS networks with few channels, whose weights follow from their order. */
public enum SmallLpips {
    ALEX(Backbone.ALEX, 8, 12, 10, 6, 6),
    VGG(Backbone.VGG, 4, 4, 6, 6, 8, 8, 8, 10, 10, 10, 6, 6, 6);

    private final Backbone backbone;
    private final int[] widths;

    SmallLpips(Backbone backbone, int... widths) {
        this.backbone = backbone;
        this.widths = widths;
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
        List<Integer> channels = new ArrayList<>();
        int in = 3;
        int layers = 0;
        for (int s = 0; s < backbone.slices().size(); s++) {
            for (Backbone.Layer layer : backbone.slices().get(s).layers()) {
                int out = widths[layers];
                int inputs = in * layer.size() * layer.size();
                String name = LpipsWeights.layer(s, layer);
                float[] weight = floats(out * inputs, 2 * layers, Math.sqrt(6.0 / inputs), 0);
                tensors.put(name + ".weight", Entry.floats(weight, out, in, layer.size(), layer.size()));
                tensors.put(name + ".bias", Entry.floats(floats(out, 2 * layers + 1, 0.1, 0), out));
                in = out;
                layers++;
            }
            channels.add(in);
        }
        int slice = 0;
        for (int count : channels) {
            float[] weights = floats(count, 2 * layers + slice, 0.5, 0.5);
            tensors.put(LpipsWeights.channelWeights(slice++), Entry.floats(weights, 1, count, 1, 1));
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
