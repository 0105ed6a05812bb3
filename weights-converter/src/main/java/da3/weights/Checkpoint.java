package da3.weights;

import da3.nn.WeightSource;
import da3.nn.WeightsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A checkpoint file as a source of weights. Every floating-point type is read as float.
 *
 * <p>Tensors that share storage are written once by the official saving routine, which names the others in the
 * metadata; those names can be read too.
 */
public final class Checkpoint implements WeightSource {

    /** The norms of the dual head's four auxiliary levels are one parameter, kept under level 0. */
    private static final Pattern SHARED_NORM = Pattern.compile("(.*output_conv2_aux\\.)[123](\\.2\\.(?:weight|bias))");

    private final SafetensorsFile file;

    public Checkpoint(SafetensorsFile file) {
        this.file = file;
    }

    /** @throws SafetensorsException if the file is not well-formed */
    public static Checkpoint open(Path file) throws IOException {
        return new Checkpoint(SafetensorsFile.open(file));
    }

    /** The file, which this checkpoint closes. */
    public SafetensorsFile file() {
        return file;
    }

    @Override
    public boolean has(String name) {
        return stored(name).isPresent();
    }

    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        TensorInfo tensor = stored(name)
                .orElseThrow(() -> new WeightsException(file.path() + " has no tensor " + name
                        + " (expected with shape " + Arrays.toString(shape) + ")"));
        if (!tensor.hasShape(shape)) {
            throw new WeightsException("tensor " + name + " in " + file.path() + " has shape "
                    + Arrays.toString(tensor.shape()) + "; expected: " + Arrays.toString(shape));
        }
        if (!tensor.dtype().isFloating()) {
            throw new WeightsException("tensor " + name + " in " + file.path() + " is " + tensor.dtype()
                    + "; expected: F64, F32, F16 or BF16");
        }
        try {
            file.readFloats(tensor.name(), into);
        } catch (IOException e) {
            throw new WeightsException("tensor " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String description() {
        return file.path().toString();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the numbers of a name lie: under the name itself, an alias of the metadata, or the shared norm. */
    private Optional<TensorInfo> stored(String name) {
        Map<String, TensorInfo> tensors = file.tensors();
        TensorInfo tensor = tensors.get(name);
        if (tensor == null && file.metadata().containsKey(name)) {
            tensor = tensors.get(file.metadata().get(name));
        }
        if (tensor == null) {
            Matcher shared = SHARED_NORM.matcher(name);
            if (shared.matches()) {
                tensor = tensors.get(shared.group(1) + "0" + shared.group(2));
            }
        }
        return Optional.ofNullable(tensor);
    }
}
