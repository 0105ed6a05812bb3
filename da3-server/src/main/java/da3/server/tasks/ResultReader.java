package da3.server.tasks;

import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;

/** Gives the results of completed tasks. */
public final class ResultReader {

    private final TaskRegistry register;
    private final TaskStore store;

    ResultReader(TaskRegistry register, TaskStore store) {
        this.register = register;
        this.store = store;
    }

    /**
     * Returns a file of a completed task's results.
     *
     * @param relativePath with {@code /} between names
     * @throws NoSuchElementException if there is no such task
     * @throws IllegalArgumentException if the path leads out of the results
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IllegalStateException if the task is not completed
     */
    public Path file(UUID id, String relativePath) throws IOException {
        return new TaskResults(completed(id).results()).file(relativePath);
    }

    /**
     * Returns all files of a completed task's results, absolute, in order.
     *
     * @throws NoSuchElementException if there is no such task
     * @throws IllegalStateException if the task is not completed
     */
    public List<Path> files(UUID id) throws IOException {
        return Folders.files(completed(id).results());
    }

    /**
     * Returns what a viewer needs to know of a completed task's scene.
     *
     * @throws NoSuchElementException if there is no such task
     * @throws IllegalStateException if the task is not completed
     */
    public SceneDescription scene(UUID id) throws IOException {
        return SceneJson.scene(Files.readAllBytes(completed(id).scene()));
    }

    /**
     * Keeps a task from being pruned while its results are read, until closed; to be closed once.
     *
     * @throws NoSuchElementException if there is no such task
     */
    public AutoCloseable hold(UUID id) {
        TaskEntry entry = register.entry(id);
        if (!entry.hold()) {
            throw TaskRegistry.unknown(id);
        }
        return entry::release;
    }

    private TaskFolder completed(UUID id) {
        TaskStatus status = register.entry(id).task().status();
        if (status != TaskStatus.COMPLETED) {
            throw new IllegalStateException(Check.message("task " + id, "completed", status.id()));
        }
        return store.folder(id);
    }
}
