package da3.evaluation.lpips;

import da3.geometry.check.Check;
import da3.nn.WeightSource;
import da3.nn.WeightsException;
import da3.weights.safetensors.FileDigest;
import da3.weights.safetensors.SafetensorsFile;
import da3.weights.safetensors.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The weights of LPIPS in a safetensors file, under the names of the module {@code LPIPS} of the published package:
 * {@code net.slice1.0.weight} and so on for the backbone, {@code lin0.model.1.weight} and so on for the weights of
 * channels.
 */
final class LpipsWeights implements WeightSource {

    private final SafetensorsFile file;
    private final FileDigest digest;

    private LpipsWeights(SafetensorsFile file) {
        this.file = file;
        this.digest = new FileDigest(List.of(file.path()));
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it cannot be read or is not a safetensors file
     */
    static LpipsWeights open(Path path) throws IOException {
        return new LpipsWeights(SafetensorsFile.open(path));
    }

    /**
     * Returns the backbone of the file.
     *
     * @throws WeightsException if the file has the weights of neither
     */
    Backbone backbone() {
        if (has(weight(Backbone.ALEX, 1))) {
            return Backbone.ALEX;
        }
        if (has(weight(Backbone.VGG, 1))) {
            return Backbone.VGG;
        }
        throw new WeightsException(Check.message(
                "tensors of " + file.path(),
                "those of LPIPS with AlexNet or VGG-16, such as " + weight(Backbone.ALEX, 1) + " or "
                        + weight(Backbone.VGG, 1),
                file.tensors().size() + " others"));
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
                    Check.message("shape of " + name + " in " + file.path(), "not empty", Arrays.toString(shape)));
        }
        return (int) shape[0];
    }

    private TensorInfo tensor(String name) {
        TensorInfo tensor = file.tensors().get(name);
        if (tensor == null) {
            throw new WeightsException(file.path() + " has no tensor " + name);
        }
        return tensor;
    }

    @Override
    public boolean has(String name) {
        return file.tensors().containsKey(name);
    }

    @Override
    public void require(String name, int... shape) {
        if (!tensor(name).hasShape(shape)) {
            throw new WeightsException(Check.message(
                    "shape of " + name + " in " + file.path(),
                    Arrays.toString(shape),
                    Arrays.toString(tensor(name).shape())));
        }
    }

    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        require(name, shape);
        try {
            file.readFloats(name, into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String description() {
        return file.path().toString();
    }

    /** Returns the SHA-256 of the file; computed on first use. */
    @Override
    public Optional<String> hash() {
        return Optional.of(digest.value());
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
