package da3.weights;

import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.nn.WeightSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A checkpoint on the class path, such as the one that the {@code da3-tiny} jar contains: the resources {@code
 * config.json} and {@code model.safetensors} below {@code da3/models/<name>/}. They are copied to a temporary folder,
 * which is deleted on {@link #close}. Not thread-safe.
 */
public final class BundledCheckpoint implements WeightSource {

    /** SPDX identifier of the license of bundled checkpoints, which is that of this software. */
    public static final String LICENSE = "Apache-2.0";

    private static final String ROOT = "da3/models/";
    private static final List<String> FILES = List.of("config.json", "model.safetensors");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");

    private final String name;
    private final Path folder;
    private final Checkpoint checkpoint;

    private BundledCheckpoint(String name, Path folder, Checkpoint checkpoint) {
        this.name = name;
        this.folder = folder;
        this.checkpoint = checkpoint;
    }

    /** Returns whether a checkpoint of this name is on the class path. */
    public static boolean exists(String name) {
        return exists(name, BundledCheckpoint.class.getClassLoader());
    }

    static boolean exists(String name, ClassLoader loader) {
        return NAME.matcher(name).matches()
                && FILES.stream().allMatch(file -> loader.getResource(ROOT + name + "/" + file) != null);
    }

    /**
     * Opens a checkpoint.
     *
     * @throws NoSuchFileException if there is none of this name on the class path
     * @throws IOException if it cannot be copied to a temporary folder or is not well-formed
     */
    public static BundledCheckpoint open(String name) throws IOException {
        return open(name, BundledCheckpoint.class.getClassLoader());
    }

    static BundledCheckpoint open(String name, ClassLoader loader) throws IOException {
        if (!exists(name, loader)) {
            throw new NoSuchFileException(ROOT + name, null, "is not on the class path");
        }
        Path folder = Files.createTempDirectory(name + "-");
        boolean complete = false;
        try {
            for (String file : FILES) {
                try (InputStream in = loader.getResourceAsStream(ROOT + name + "/" + file)) {
                    Files.copy(in, folder.resolve(file));
                }
            }
            BundledCheckpoint opened = new BundledCheckpoint(name, folder, Checkpoint.open(folder, Optional.of(name)));
            complete = true;
            return opened;
        } finally {
            if (!complete) {
                delete(folder);
            }
        }
    }

    /** Returns the name of the model. */
    public String name() {
        return name;
    }

    /** Returns the configuration of the model, as {@link Checkpoint#config} does. */
    public ModelConfig config() {
        return checkpoint.config();
    }

    /** Returns the preset of the model, as {@link Checkpoint#preset} does. */
    public Optional<Preset> preset() {
        return checkpoint.preset();
    }

    @Override
    public boolean has(String tensor) {
        return checkpoint.has(tensor);
    }

    @Override
    public void require(String tensor, int... shape) {
        checkpoint.require(tensor, shape);
    }

    @Override
    public void read(String tensor, int[] shape, FloatBuffer into) {
        checkpoint.read(tensor, shape, into);
    }

    @Override
    public String description() {
        return name + " from the class path";
    }

    @Override
    public Optional<String> hash() {
        return checkpoint.hash();
    }

    @Override
    public void close() {
        checkpoint.close();
        try {
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        for (String file : FILES) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
    }
}
