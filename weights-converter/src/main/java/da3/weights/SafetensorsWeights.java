package da3.weights;

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

/** The weights in one safetensors file under the names of that file, for networks that follow from their weights. */
public final class SafetensorsWeights implements WeightSource {

    private static final int MAX_VALUES = Integer.MAX_VALUE - 8; // the longest array

    private final SafetensorsFile file;
    private final FileDigest digest;

    private SafetensorsWeights(SafetensorsFile file) {
        this.file = file;
        this.digest = new FileDigest(List.of(file.path()));
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it cannot be read or is not a safetensors file
     */
    public static SafetensorsWeights open(Path path) throws IOException {
        return new SafetensorsWeights(SafetensorsFile.open(path));
    }

    /** Returns the number of tensors. */
    public int size() {
        return file.tensors().size();
    }

    /**
     * Returns the length of an axis of a tensor.
     *
     * @throws WeightsException if there is no such tensor, or it has no such axis or a length that is not from 1 to 2^31 - 1
     */
    public int length(String name, int axis) {
        long[] shape = tensor(name).shape();
        if (axis >= shape.length || shape[axis] < 1 || shape[axis] > Integer.MAX_VALUE) {
            throw new WeightsException(Check.message(
                    "shape of " + name + " in " + file.path(),
                    "not empty with at least " + (axis + 1) + " axes",
                    Arrays.toString(shape)));
        }
        return (int) shape[axis];
    }

    /**
     * Returns the values of a tensor, row-major.
     *
     * @throws WeightsException if there is no such tensor, or it has more values than an array can have
     * @throws UncheckedIOException if it cannot be read
     */
    public float[] values(String name) {
        long elements = tensor(name).elements();
        if (elements > MAX_VALUES) {
            throw new WeightsException(Check.message(
                    "number of values of " + name + " in " + file.path(), "at most " + MAX_VALUES, elements));
        }
        float[] values = new float[(int) elements];
        read(name, FloatBuffer.wrap(values));
        return values;
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
        read(name, into);
    }

    private void read(String name, FloatBuffer into) {
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
