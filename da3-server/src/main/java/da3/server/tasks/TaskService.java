package da3.server.tasks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Tasks in order, one at a time, before one model; their results on disk. */
public final class TaskService implements AutoCloseable {

    private TaskService() {}

    /**
     * Opens a workspace, made where it is not there: completed tasks are found again, those that a stop of the service cut
     * off have failed, and what is half written is removed.
     *
     * @param model closed by its owner, after this
     * @throws IllegalStateException if another service uses the workspace
     * @throws IOException if the workspace cannot be read or written
     */
    public static TaskService open(TaskSettings settings, ModelHolder model) throws IOException {
        throw new UnsupportedOperationException();
    }

    public TaskSettings settings() {
        throw new UnsupportedOperationException();
    }

    /** A new empty folder that only this user may read; it goes with the task that uses it. */
    public Path newUpload() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Removes an upload that no task was made of. */
    public void discardUpload(Path upload) {
        throw new UnsupportedOperationException();
    }

    /**
     * Looks at the headers of the files and queues a task. An upload stays with its sender where this throws.
     *
     * @param exportDirectory where results are put as well; what is there is never overwritten
     * @throws QueueFullException if as many tasks wait as may
     * @throws DoesNotFitException if the memory would not do
     * @throws IllegalArgumentException if the model has not what is asked for, a limit is passed, or results are in the way
     * @throws IllegalStateException after {@link #close()}
     * @throws IOException if a file cannot be read or is no photo or video, or the model cannot be loaded
     */
    public Task submit(TaskInput input, TaskOptions options, String name, Optional<Path> exportDirectory)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    public Optional<Task> find(UUID id) {
        throw new UnsupportedOperationException();
    }

    /** All there are, newest first. */
    public List<Task> tasks() {
        throw new UnsupportedOperationException();
    }

    /** Tasks that wait. */
    public int queueLength() {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends a pending task at once, and a running one between two blocks of the network.
     *
     * @return the task as it stands then
     * @throws java.util.NoSuchElementException if there is no such task
     * @throws IllegalStateException if it has ended
     */
    public Task cancel(UUID id) {
        throw new UnsupportedOperationException();
    }

    /**
     * Removes an ended task and its files.
     *
     * @throws java.util.NoSuchElementException if there is no such task
     * @throws IllegalStateException if it is pending or running
     */
    public void delete(UUID id) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Tells a listener the newest state, at once and after every change; states between may be left out for a slow one.
     * It is called by one thread at a time, never the worker's.
     *
     * @return ends it when closed
     * @throws java.util.NoSuchElementException if there is no such task
     */
    public AutoCloseable watch(UUID id, Consumer<Task> listener) {
        throw new UnsupportedOperationException();
    }

    /**
     * A file of a completed task's results.
     *
     * @param relativePath with {@code /} between names
     * @throws java.util.NoSuchElementException if there is no such task
     * @throws IllegalArgumentException if the path leads out of the results
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IllegalStateException if the task is not completed
     */
    public Path file(UUID id, String relativePath) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * All files of a completed task's results, absolute, in order.
     *
     * @throws java.util.NoSuchElementException if there is no such task
     * @throws IllegalStateException if the task is not completed
     */
    public List<Path> files(UUID id) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Keeps a task from being pruned while its results are read, until closed. */
    public AutoCloseable hold(UUID id) {
        throw new UnsupportedOperationException();
    }

    /**
     * @throws java.util.NoSuchElementException if there is no such task
     * @throws IllegalStateException if the task is not completed
     */
    public SceneDescription scene(UUID id) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Removes ended tasks that are too old, too many or too large, and gives their number. */
    public int prune() {
        throw new UnsupportedOperationException();
    }

    /** Cancels what runs, fails what waits, and gives the workspace back; a second call does nothing. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
