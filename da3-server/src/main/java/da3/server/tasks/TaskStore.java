package da3.server.tasks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Tasks and uploads on the disk: {@code tasks/<id>/} and {@code uploads/}. */
final class TaskStore implements AutoCloseable {

    static final String INTERRUPTED = "interrupted by a restart of the service";

    private static final System.Logger LOG = System.getLogger(TaskStore.class.getName());

    private final Path tasks;
    private final Path uploads;
    private final WorkspaceLock lock;

    private TaskStore(Path tasks, Path uploads, WorkspaceLock lock) {
        this.tasks = tasks;
        this.uploads = uploads;
        this.lock = lock;
    }

    /** @throws IllegalStateException if another service uses the workspace */
    static TaskStore open(Path workspace) throws IOException {
        Path root = Files.createDirectories(workspace).toRealPath();
        WorkspaceLock lock = WorkspaceLock.take(root);
        boolean whole = false;
        try {
            TaskStore store = new TaskStore(
                    Files.createDirectories(root.resolve("tasks")),
                    Files.createDirectories(root.resolve("uploads")),
                    lock);
            Folders.deleteAllIn(store.uploads, Set.of()); // nobody is left to use them
            whole = true;
            return store;
        } finally {
            if (!whole) {
                lock.close();
            }
        }
    }

    TaskFolder folder(UUID id) {
        return new TaskFolder(tasks.resolve(id.toString()));
    }

    /** Writes a task's state; once this returns it survives whatever happens. */
    void save(Task task) throws IOException {
        TaskFolder folder = folder(task.id());
        if (!Files.isDirectory(folder.root())) {
            Files.createDirectory(folder.root());
            Folders.force(tasks);
        }
        Folders.write(folder.json(), TaskJson.bytes(task));
    }

    void remove(UUID id) throws IOException {
        Folders.remove(folder(id).root());
    }

    /**
     * What an earlier service left, brought in order: what it had not completed has failed, and half-written results and
     * tasks are removed. A record that cannot be read is told in the log, and left as it is.
     */
    List<Task> recover(Instant now) throws IOException {
        List<Path> folders;
        try (Stream<Path> listed = Files.list(tasks)) {
            folders = listed.sorted().toList();
        }
        List<Task> found = new ArrayList<>();
        for (Path root : folders) {
            TaskFolder folder = new TaskFolder(root);
            boolean onItsWayOut = root.getFileName().toString().startsWith(Folders.REMOVED);
            if (onItsWayOut || !Files.exists(folder.json(), LinkOption.NOFOLLOW_LINKS)) {
                Folders.delete(root);
                continue;
            }
            try {
                Task task = TaskJson.task(Files.readAllBytes(folder.json()), folder);
                found.add(recovered(task, folder, now));
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, e.getMessage() + "; it is left out");
            }
        }
        return found;
    }

    private Task recovered(Task task, TaskFolder folder, Instant now) throws IOException {
        boolean whole = task.status() == TaskStatus.COMPLETED && Files.isDirectory(folder.results());
        Folders.deleteAllIn(
                folder.root(), whole ? Set.of(folder.json(), folder.scene(), folder.results()) : Set.of(folder.json()));
        if (whole) {
            return task;
        }
        if (task.status().ended() && task.status() != TaskStatus.COMPLETED) {
            return task;
        }
        if (task.exportDirectory().isPresent()) {
            ExportPlacement.discard(task.id(), task.exportDirectory().get());
        }
        String why = task.status().ended() ? "its results are gone" : INTERRUPTED;
        Task failed = TaskChange.failed(task, why, now);
        save(failed);
        return failed;
    }

    Path newUpload() throws IOException {
        return Files.createTempDirectory(uploads, "upload-");
    }

    /** The upload that a file belongs to. */
    Optional<Path> uploadOf(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(uploads) && absolute.getNameCount() > uploads.getNameCount()
                ? Optional.of(uploads.resolve(absolute.getName(uploads.getNameCount())))
                : Optional.empty();
    }

    void discard(Path upload) {
        try {
            Folders.delete(upload);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, upload + " cannot be removed", e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
