package da3.core.lpips;

import da3.geometry.check.Check;
import da3.nn.WeightSource;
import da3.nn.WeightsException;
import da3.weights.SafetensorsWeights;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of LPIPS from a safetensors file, under the names of the module {@code LPIPS} of the published package:
 * {@code net.slice1.0.weight} and so on for the backbone, {@code lin0.model.1.weight} and so on for the weights of
 * channels. They are in memory, and several threads can read them.
 */
public final class LpipsWeights implements WeightSource {

    private final SafetensorsWeights file; // closed; has the names and shapes
    private final Map<String, float[]> values = new HashMap<>();
    private final Backbone backbone;

    private LpipsWeights(SafetensorsWeights file) {
        this.file = file;
        this.backbone = findBackbone();
        for (int s = 0; s < backbone.slices().size(); s++) {
            for (Backbone.Layer layer : backbone.slices().get(s).layers()) {
                load(layer(s, layer) + ".weight");
                load(layer(s, layer) + ".bias");
            }
            load(channelWeights(s));
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read or is not a safetensors file
     * @throws WeightsException if it has not all weights of one of the networks
     */
    public static LpipsWeights read(Path path) throws IOException {
        try (SafetensorsWeights file = SafetensorsWeights.open(path)) {
            return new LpipsWeights(file);
        }
    }

    private void load(String name) {
        values.put(name, file.values(name));
    }

    private Backbone findBackbone() {
        for (Backbone each : Backbone.values()) {
            if (has(weight(each, 1))) {
                return each;
            }
        }
        throw new WeightsException(Check.message(
                "tensors of " + description(),
                "those of LPIPS with AlexNet or VGG-16, such as " + weight(Backbone.ALEX, 1) + " or "
                        + weight(Backbone.VGG, 1),
                file.size() + " tensors without them"));
    }

    /** Returns the network that the weights are for. */
    Backbone backbone() {
        return backbone;
    }

    /** Returns the shortest side of an image that the network can process. */
    public int minSide() {
        return backbone.minSide();
    }

    /** Returns the name of the first convolution of a slice. */
    private static String weight(Backbone backbone, int slice) {
        return layer(slice, backbone.slices().get(slice).layers().get(0)) + ".weight";
    }

    /** Returns the name of a convolution. */
    static String layer(int slice, Backbone.Layer layer) {
        return "net.slice" + (slice + 1) + "." + layer.index();
    }

    /** Returns the name of the weights of the channels after a slice. */
    static String channelWeights(int slice) {
        return "lin" + slice + ".model.1.weight";
    }

    /**
     * Returns the first dimension of a tensor.
     *
     * @throws WeightsException if there is no such tensor or it has no dimension
     */
    int length(String name) {
        return file.length(name, 0);
    }

    @Override
    public boolean has(String name) {
        return file.has(name);
    }

    @Override
    public void require(String name, int... shape) {
        file.require(name, shape);
    }

    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        require(name, shape);
        into.put(values.get(name));
    }

    @Override
    public String description() {
        return file.description();
    }

    /** Returns the SHA-256 of the file; computed on first use. */
    @Override
    public Optional<String> hash() {
        return file.hash();
    }

    /** Does nothing, since no file is open. */
    @Override
    public void close() {}
}
