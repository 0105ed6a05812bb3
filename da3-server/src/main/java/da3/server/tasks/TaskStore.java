package da3.server.tasks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Tasks and uploads on disk: {@code tasks/<id>/} and {@code uploads/}. */
final class TaskStore implements AutoCloseable {

    static final String INTERRUPTED = "interrupted by a restart of the service";

    private static final System.Logger LOG = System.getLogger(TaskStore.class.getName());

    private final Workspace workspace;

    private TaskStore(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Opens a workspace, and deletes uploads and partly removed tasks of an earlier service.
     *
     * @throws IllegalArgumentException if the folder is neither empty nor a workspace
     * @throws IllegalStateException if another service uses the workspace
     */
    static TaskStore open(Path folder) throws IOException {
        Workspace workspace = Workspace.open(folder);
        boolean opened = false;
        try {
            Folders.deleteMatching(workspace.uploads(), Workspace::isUpload);
            Folders.deleteMatching(workspace.tasks(), Workspace::isRemoved);
            opened = true;
            return new TaskStore(workspace);
        } finally {
            if (!opened) {
                workspace.close();
            }
        }
    }

    TaskFolder folder(UUID id) {
        return new TaskFolder(workspace.tasks().resolve(id.toString()));
    }

    /** Saves a task durably. */
    void save(Task task) throws IOException {
        TaskFolder folder = folder(task.id());
        if (!Files.isDirectory(folder.root())) {
            Files.createDirectory(folder.root());
            Folders.force(workspace.tasks());
        }
        Folders.write(folder.json(), TaskJson.bytes(task));
    }

    void remove(UUID id) throws IOException {
        Folders.remove(folder(id).root());
    }

    /**
     * Restores the tasks of an earlier service: unfinished tasks are marked as failed, and partial files are removed.
     * Unreadable records are logged and left unchanged, like folders that are not named by a task id.
     */
    List<Task> recover(Instant now) throws IOException {
        List<Path> folders;
        try (Stream<Path> listed = Files.list(workspace.tasks())) {
            folders = listed.filter(Workspace::isTask).sorted().toList();
        }
        List<Task> found = new ArrayList<>();
        for (Path root : folders) {
            TaskFolder folder = new TaskFolder(root);
            if (!Files.exists(folder.json(), LinkOption.NOFOLLOW_LINKS)) {
                Folders.delete(root);
                continue;
            }
            try {
                Task task = TaskJson.task(Files.readAllBytes(folder.json()), folder);
                found.add(recovered(task, folder, now));
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, e.getMessage() + "; the task is ignored");
            }
        }
        return found;
    }

    private Task recovered(Task task, TaskFolder folder, Instant now) throws IOException {
        boolean resultsComplete = task.status() == TaskStatus.COMPLETED && Files.isDirectory(folder.results());
        folder.clear(resultsComplete);
        if (resultsComplete) {
            return task;
        }
        if (task.status().ended() && task.status() != TaskStatus.COMPLETED) {
            return task;
        }
        if (task.exportDirectory().isPresent()) {
            ExportPlacement.discard(task.id(), task.exportDirectory().get());
        }
        String reason = task.status().ended() ? "its results are missing" : INTERRUPTED;
        Task failed = TaskTransition.failed(task, reason, now);
        save(failed);
        return failed;
    }

    Path newUpload() throws IOException {
        return workspace.newUpload();
    }

    /** Returns the upload that a file belongs to, if it belongs to one. */
    Optional<Path> uploadOf(Path file) {
        Path uploads = workspace.uploads();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(uploads) && absolute.getNameCount() > uploads.getNameCount()
                ? Optional.of(uploads.resolve(absolute.getName(uploads.getNameCount())))
                        .filter(Workspace::isUpload)
                : Optional.empty();
    }

    void deleteUpload(Path upload) {
        try {
            Folders.delete(upload);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot delete " + upload, e);
        }
    }

    @Override
    public void close() throws IOException {
        workspace.close();
    }
}
