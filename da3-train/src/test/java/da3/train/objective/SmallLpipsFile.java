package da3.train.objective;

import da3.weights.safetensors.SafetensorsWriter;
import da3.weights.safetensors.SafetensorsWriter.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A file with random weights of LPIPS with AlexNet of few channels. */
public final class SmallLpipsFile {

    private static final String[] LAYERS = {"1.0", "2.3", "3.6", "4.8", "5.10"};
    private static final int[] SIZES = {11, 5, 3, 3, 3}; // sides of the kernels
    private static final int[] WIDTHS = {8, 8, 6, 6, 4};

    private SmallLpipsFile() {}

    /** Writes the weights and returns the file. */
    public static Path write(Path file) throws IOException {
        return write(file, 1);
    }

    /** Writes the weights of a seed and returns the file. */
    public static Path write(Path file, long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, Entry> tensors = new LinkedHashMap<>();
        int in = 3;
        for (int i = 0; i < LAYERS.length; i++) {
            int inputs = in * SIZES[i] * SIZES[i];
            float[] weight = new float[WIDTHS[i] * inputs];
            for (int j = 0; j < weight.length; j++) {
                weight[j] = (float) (Math.sqrt(2.0 / inputs) * random.nextGaussian());
            }
            float[] perChannel = new float[WIDTHS[i]];
            for (int j = 0; j < perChannel.length; j++) {
                perChannel[j] = random.nextFloat();
            }
            String name = "net.slice" + LAYERS[i];
            tensors.put(name + ".weight", Entry.floats(weight, WIDTHS[i], in, SIZES[i], SIZES[i]));
            tensors.put(name + ".bias", Entry.floats(new float[WIDTHS[i]], WIDTHS[i]));
            tensors.put("lin" + i + ".model.1.weight", Entry.floats(perChannel, 1, WIDTHS[i], 1, 1));
            in = WIDTHS[i];
        }
        SafetensorsWriter.write(file, tensors, Map.of());
        return file;
    }
}
