package da3.server.tasks;

import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;

/** Provides the results of completed tasks. */
public final class ResultReader {

    private final TaskRegistry registry;
    private final TaskStore store;

    ResultReader(TaskRegistry registry, TaskStore store) {
        this.registry = registry;
        this.store = store;
    }

    /**
     * Returns a result file of a completed task.
     *
     * @param relativePath path with {@code /} between names, relative to the results
     * @throws NoSuchElementException if there is no such task
     * @throws IllegalArgumentException if the path is outside the results
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IllegalStateException if the task is not completed
     */
    public Path file(UUID id, String relativePath) throws IOException {
        return new TaskResults(completed(id).results()).file(relativePath);
    }

    /**
     * Returns all result files of a completed task, as sorted absolute paths.
     *
     * @throws NoSuchElementException if there is no such task
     * @throws IllegalStateException if the task is not completed
     */
    public List<Path> files(UUID id) throws IOException {
        return Folders.files(completed(id).results());
    }

    /**
     * Returns the scene of a completed task as viewers need it.
     *
     * @throws NoSuchElementException if there is no such task
     * @throws IllegalStateException if the task is not completed
     */
    public SceneDescription scene(UUID id) throws IOException {
        return SceneJson.scene(Files.readAllBytes(completed(id).scene()));
    }

    /**
     * Prevents a task from being pruned while its results are read.
     *
     * @return a handle that the caller closes once after reading
     * @throws NoSuchElementException if there is no such task
     */
    public AutoCloseable pin(UUID id) {
        TaskEntry entry = registry.entry(id);
        if (!entry.pin()) {
            throw TaskRegistry.notFound(id);
        }
        return entry::unpin;
    }

    private TaskFolder completed(UUID id) {
        TaskStatus status = registry.entry(id).task().status();
        if (status != TaskStatus.COMPLETED) {
            throw new IllegalStateException(Check.message("task " + id, "completed", status.id()));
        }
        return store.folder(id);
    }
}
