package da3.core.lpips;

import da3.geometry.check.Check;
import da3.nn.WeightSource;
import da3.nn.WeightsException;
import da3.weights.safetensors.FileDigest;
import da3.weights.safetensors.SafetensorsFile;
import da3.weights.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of LPIPS from a safetensors file, under the names of the module {@code LPIPS} of the published package:
 * {@code net.slice1.0.weight} and so on for the backbone, {@code lin0.model.1.weight} and so on for the weights of
 * channels. They are in memory, and several threads can read them.
 */
public final class LpipsWeights implements WeightSource {

    private final Path path;
    private final FileDigest digest;
    private final Map<String, TensorInfo> tensors;
    private final Map<String, float[]> values = new HashMap<>();
    private final Backbone backbone;

    private LpipsWeights(SafetensorsFile file) throws IOException {
        this.path = file.path();
        this.digest = new FileDigest(List.of(path));
        this.tensors = Map.copyOf(file.tensors());
        this.backbone = findBackbone();
        for (int s = 0; s < backbone.slices().size(); s++) {
            for (Backbone.Layer layer : backbone.slices().get(s).layers()) {
                read(file, layer(s, layer) + ".weight");
                read(file, layer(s, layer) + ".bias");
            }
            read(file, channelWeights(s));
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read or is not a safetensors file
     * @throws WeightsException if it has not all weights of one of the networks
     */
    public static LpipsWeights read(Path path) throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            return new LpipsWeights(file);
        }
    }

    private void read(SafetensorsFile file, String name) throws IOException {
        long elements = tensor(name).elements();
        if (elements > Integer.MAX_VALUE - 8) { // the longest array
            throw new WeightsException(Check.message(
                    "number of values of " + name + " in " + path, "at most " + (Integer.MAX_VALUE - 8), elements));
        }
        float[] all = new float[(int) elements];
        file.readFloats(name, FloatBuffer.wrap(all));
        values.put(name, all);
    }

    private Backbone findBackbone() {
        for (Backbone each : Backbone.values()) {
            if (has(weight(each, 1))) {
                return each;
            }
        }
        throw new WeightsException(Check.message(
                "tensors of " + path,
                "those of LPIPS with AlexNet or VGG-16, such as " + weight(Backbone.ALEX, 1) + " or "
                        + weight(Backbone.VGG, 1),
                tensors.size() + " others"));
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
        long[] shape = tensor(name).shape();
        if (shape.length == 0 || shape[0] < 1 || shape[0] > Integer.MAX_VALUE) {
            throw new WeightsException(
                    Check.message("shape of " + name + " in " + path, "not empty", Arrays.toString(shape)));
        }
        return (int) shape[0];
    }

    private TensorInfo tensor(String name) {
        TensorInfo tensor = tensors.get(name);
        if (tensor == null) {
            throw new WeightsException(path + " has no tensor " + name);
        }
        return tensor;
    }

    @Override
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    @Override
    public void require(String name, int... shape) {
        if (!tensor(name).hasShape(shape)) {
            throw new WeightsException(Check.message(
                    "shape of " + name + " in " + path,
                    Arrays.toString(shape),
                    Arrays.toString(tensor(name).shape())));
        }
    }

    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        require(name, shape);
        into.put(values.get(name));
    }

    @Override
    public String description() {
        return path.toString();
    }

    /** Returns the SHA-256 of the file; computed on first use. */
    @Override
    public Optional<String> hash() {
        return Optional.of(digest.value());
    }

    /** Does nothing, since no file is open. */
    @Override
    public void close() {}
}
