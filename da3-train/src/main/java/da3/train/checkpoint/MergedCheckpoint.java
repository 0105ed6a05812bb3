package da3.train.checkpoint;

import da3.core.ModelSource;
import da3.train.lora.BaseModel;
import da3.train.lora.LoraAdapter;
import da3.weights.config.Manifest;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Merges adapters into their base. */
public final class MergedCheckpoint {

    private MergedCheckpoint() {}

    /**
     * Writes the base with an adapter as a model in the published layout, in float32. Only one tensor at a time is in
     * memory.
     *
     * @param base of the adapter; its license is repeated in config.json
     * @param name reference that the base was opened with
     * @param folder folder to create
     * @throws FileAlreadyExistsException if there already is a model in the folder
     * @throws IllegalArgumentException if the adapter does not fit the base
     * @throws IOException if a file cannot be read or written
     */
    public static void write(ModelSource base, String name, LoraAdapter adapter, Path folder) throws IOException {
        Map<String, int[]> shapes = Manifest.of(base.config()).required();
        adapter.requireFits(shapes);
        Path weights = folder.resolve(ModelFiles.WEIGHTS);
        if (Files.exists(weights)) {
            throw new FileAlreadyExistsException(weights.toString());
        }
        Files.createDirectories(folder);
        ModelFiles.write(
                folder,
                base.config(),
                shapes,
                tensor -> {
                    int[] shape = shapes.get(tensor);
                    float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
                    base.weights().read(tensor, shape, FloatBuffer.wrap(values));
                    return adapter.applied(tensor, shape, values);
                },
                Optional.of(BaseModel.of(name, base)));
    }
}
