package da3.train.checkpoint;

import da3.train.report.RunPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of a run.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

    private static final String CHECKPOINTS = "checkpoints";

    /** Returns the run in a folder, or empty if the text names no run. */
    public static Optional<RunFolder> of(String text) {
        Path path = Path.of(text);
        return Files.isDirectory(path.resolve(CHECKPOINTS)) ? Optional.of(new RunFolder(path)) : Optional.empty();
    }

    /** Returns the folder of the checkpoints. */
    public Path checkpoints() {
        return path.resolve(CHECKPOINTS);
    }

    /**
     * Returns the model with the averaged weights of the best checkpoint, or of the newest one if none was validated.
     *
     * @throws NoSuchFileException if the run has no checkpoint
     */
    public Path model() throws NoSuchFileException {
        return checkpoint().resolve(CheckpointFormat.EMA);
    }

    private Path checkpoint() throws NoSuchFileException {
        for (String name : new String[] {CheckpointStore.BEST, CheckpointStore.LATEST}) {
            if (Files.isDirectory(checkpoints().resolve(name))) {
                return checkpoints().resolve(name);
            }
        }
        throw new NoSuchFileException(checkpoints().toString(), null, "must have a checkpoint, got none");
    }

    /**
     * Writes the page of the run and returns its path.
     *
     * @throws IOException if the run has no checkpoint, or one of its files cannot be read
     */
    public Path writeReport() throws IOException {
        return RunPage.write(path, config());
    }

    /**
     * Returns the configuration of the run as YAML.
     *
     * @throws IOException if the run has no checkpoint, or its configuration cannot be read
     */
    public String config() throws IOException {
        return Files.readString(checkpoint().resolve(CheckpointFormat.CONFIG));
    }
}
