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
 * A checkpoint's folder that is filled beside its place and put there when it is complete. Where a folder is overwritten
 * the checkpoint's files in it are replaced, and others left alone.
 */
final class StagingFolder implements AutoCloseable {

    /** Files of a checkpoint, which a new one replaces even if it has none of that name. */
    private static final Pattern OWN =
            Pattern.compile("config\\.json|model(-\\d{5}-of-\\d{5})?\\.safetensors|model\\.safetensors\\.index\\.json");

    private final Path target;
    private final PartialOutput partial;
    private final Path stage;
    private final List<Path> files = new ArrayList<>();

    private StagingFolder(Path target) throws IOException {
        this.target = target;
        this.partial = PartialOutput.beside(target);
        this.stage = partial.path();
        try {
            Files.createDirectories(stage);
        } catch (IOException e) {
            partial.close();
            throw e;
        }
    }

    /** @param target absolute and with a name */
    static StagingFolder create(Path target) throws IOException {
        return new StagingFolder(target);
    }

    /** As the official library names them. */
    static String shard(int number, int count) {
        return "model-%05d-of-%05d.safetensors".formatted(number, count);
    }

    /** Where to write a file of the folder. */
    Path file(String name) {
        files.add(Path.of(name));
        return stage.resolve(name);
    }

    /** Puts the folder in its place; returns its files. */
    List<Path> commit() throws IOException {
        if (Files.notExists(target)) {
            Files.move(stage, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            // Weights come first and old files go last, so that there is a checkpoint at every moment.
            for (Path file : files) {
                Files.move(
                        stage.resolve(file),
                        target.resolve(file),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            for (Path old : list(target)) {
                if (OWN.matcher(old.getFileName().toString()).matches() && !files.contains(old.getFileName())) {
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
