package da3.weights;

import da3.files.PartialOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A temporary folder for a checkpoint, which is moved to its target when it is complete. In an existing target folder,
 * only the files of a checkpoint are replaced.
 */
final class StagingFolder implements AutoCloseable {

    /** Files of a checkpoint, which are deleted if a new checkpoint does not have them. */
    private static final Pattern CHECKPOINT_FILES =
            Pattern.compile("config\\.json|model(-\\d{5}-of-\\d{5})?\\.safetensors|model\\.safetensors\\.index\\.json");

    private final Path target;
    private final PartialOutput partial;
    private final Path staging;
    private final List<Path> files = new ArrayList<>();

    private StagingFolder(Path target) throws IOException {
        this.target = target;
        this.partial = PartialOutput.beside(target);
        this.staging = partial.path();
        try {
            Files.createDirectories(staging);
        } catch (IOException e) {
            partial.close();
            throw e;
        }
    }

    /** @param target absolute path with a name */
    static StagingFolder create(Path target) throws IOException {
        return new StagingFolder(target);
    }

    /** Returns the name of a shard as in the official library. */
    static String shard(int number, int count) {
        return "model-%05d-of-%05d.safetensors".formatted(number, count);
    }

    /** Returns the path to which a file of the folder is to be written. */
    Path file(String name) {
        files.add(Path.of(name));
        return staging.resolve(name);
    }

    /** Moves the folder to its target and returns the files there. */
    List<Path> commit() throws IOException {
        if (Files.notExists(target)) {
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            // weights are moved first and old files deleted last, so that a complete checkpoint exists at any time
            for (Path file : files) {
                Files.move(
                        staging.resolve(file),
                        target.resolve(file),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            for (Path old : list(target)) {
                if (CHECKPOINT_FILES.matcher(old.getFileName().toString()).matches()
                        && !files.contains(old.getFileName())) {
                    Files.delete(old);
                }
            }
        }
        return files.stream().map(target::resolve).toList();
    }

    @Override
    public void close() throws IOException {
        partial.close();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
