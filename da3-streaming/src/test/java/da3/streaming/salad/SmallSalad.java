package da3.streaming.salad;

import da3.weights.safetensors.SafetensorsWriter;
import da3.weights.safetensors.SafetensorsWriter.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A SALAD network with two blocks, 128 channels and 5 clusters, whose weights follow from their order. */
public final class SmallSalad {

    private static final int DIM = 128;
    private static final int HIDDEN = 16;

    private final Map<String, Entry> tensors = new LinkedHashMap<>();

    private SmallSalad() {
        put("backbone.model.cls_token", 0.5, 0, 1, 1, DIM);
        put("backbone.model.pos_embed", 0.5, 0, 1, 26, DIM);
        put("backbone.model.patch_embed.proj.weight", 0.05, 0, DIM, 3, 14, 14);
        put("backbone.model.patch_embed.proj.bias", 0.1, 0, DIM);
        for (int i = 0; i < 2; i++) {
            String block = "backbone.model.blocks." + i;
            norm(block + ".norm1");
            linear(block + ".attn.qkv", 0.15, 3 * DIM, DIM);
            linear(block + ".attn.proj", 0.15, DIM, DIM);
            put(block + ".ls1.gamma", 0.2, 0.5, DIM);
            norm(block + ".norm2");
            linear(block + ".mlp.fc1", 0.15, 4 * DIM, DIM);
            linear(block + ".mlp.fc2", 0.1, DIM, 4 * DIM);
            put(block + ".ls2.gamma", 0.2, 0.5, DIM);
        }
        norm("backbone.model.norm");
        linear("aggregator.score.0", 0.2, HIDDEN, DIM, 1, 1);
        linear("aggregator.score.3", 0.4, 5, HIDDEN, 1, 1);
        linear("aggregator.cluster_features.0", 0.2, HIDDEN, DIM, 1, 1);
        linear("aggregator.cluster_features.3", 0.4, 6, HIDDEN, 1, 1);
        linear("aggregator.token_features.0", 0.2, HIDDEN, DIM);
        linear("aggregator.token_features.2", 0.4, 7, HIDDEN);
        put("aggregator.dust_bin", 0, 1);
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
    public static Path write(Path file, String... leftOut) throws IOException {
        Map<String, Entry> tensors = new SmallSalad().tensors;
        List.of(leftOut).forEach(tensors::remove);
        SafetensorsWriter.write(file, tensors, Map.of());
        return file;
    }

    private void norm(String name) {
        put(name + ".weight", 0.2, 1, DIM);
        put(name + ".bias", 0.1, 0, DIM);
    }

    private void linear(String name, double scale, int... shape) {
        put(name + ".weight", scale, 0, shape);
        put(name + ".bias", 0.1, 0, shape[0]);
    }

    private void put(String name, double scale, double offset, int... shape) {
        int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        double[] values = uniform(count, tensors.size());
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) (values[i] * scale + offset);
        }
        tensors.put(
                name, Entry.floats(floats, Arrays.stream(shape).asLongStream().toArray()));
    }
}
