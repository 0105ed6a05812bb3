package da3.server.tasks;

import da3.core.MemoryCheck;
import da3.server.wire.TaskOptions;
import da3.streaming.LiveMap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Runs tasks in order of submission, one at a time, with one model, and keeps their results on disk. */
public final class TaskService implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TaskService.class.getName());

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final TaskSettings settings;
    private final TaskStore store;
    private final Clock clock;
    private final TaskRegistry registry;
    private final ResultReader results;
    private final AdmissionCheck admission;
    private final TaskQueue<TaskEntry> queue;
    private final RecentDurations durations = new RecentDurations();
    private final TaskWorker worker;
    private final WorkerThread thread;
    private final ExecutorService listeners;
    private volatile boolean closed;

    private TaskService(TaskSettings settings, ModelHolder model, TaskStore store, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.clock = clock;
        registry = new TaskRegistry(store, settings);
        results = new ResultReader(registry, store);
        admission = new AdmissionCheck(settings, model, store);
        queue = new TaskQueue<>(settings.queueCapacity());
        worker = new TaskWorker(queue, store, settings, model, durations, clock, this::prune);
        thread = new WorkerThread(worker, clock);
        listeners = Executors.newCachedThreadPool(task -> DaemonThreads.create(task, "da3-task-listeners"));
    }

    /**
     * Opens a workspace, which is created if missing. Completed tasks are restored, interrupted tasks are marked as
     * failed, and partial files are removed.
     *
     * @param model model holder, which the caller closes after the service
     * @throws IllegalArgumentException if the workspace is neither empty nor the workspace of a service
     * @throws IllegalStateException if another service uses the workspace
     * @throws IOException if the workspace cannot be read or written
     */
    public static TaskService open(TaskSettings settings, ModelHolder model) throws IOException {
        return open(settings, model, Clock.systemUTC());
    }

    static TaskService open(TaskSettings settings, ModelHolder model, Clock clock) throws IOException {
        TaskStore store = TaskStore.open(settings.workspace());
        boolean opened = false;
        try {
            TaskService service = new TaskService(settings, model, store, clock);
            for (Task task : store.recover(service.now())) {
                TaskEntry entry = service.entry(task, Optional.empty());
                entry.measureBytes();
                service.registry.add(entry);
            }
            service.prune();
            service.thread.start();
            opened = true;
            return service;
        } finally {
            if (!opened) {
                store.close();
            }
        }
    }

    public TaskSettings settings() {
        return settings;
    }

    /** Creates an empty folder that only this user can read. It is deleted once the task that uses it has ended. */
    public Path newUpload() throws IOException {
        return store.newUpload();
    }

    /** Deletes an upload that no task uses; ignores paths outside the uploads of the workspace. */
    public void deleteUpload(Path upload) {
        store.uploadOf(upload).ifPresent(store::deleteUpload);
    }

    /**
     * Checks the headers of the files and queues a task. If this throws, the caller deletes the upload.
     *
     * @param name display name; if blank, the task gets the name of the first file
     * @param exportDirectory folder that receives a copy of the results; existing files are never overwritten
     * @throws QueueFullException if the queue is full
     * @throws InsufficientMemoryException if the views do not fit into memory
     * @throws IllegalArgumentException if the model does not support the options, or a limit is exceeded
     * @throws IllegalStateException after {@link #close()}, or if the model cannot be loaded
     * @throws java.nio.file.FileAlreadyExistsException if the export directory contains results of the same formats
     * @throws IOException if a file cannot be read or is neither an image nor a video
     */
    public Task submit(TaskInput input, TaskOptions options, String name, Optional<Path> exportDirectory)
            throws IOException {
        requireCapacity(queue.isFull());
        Optional<MemoryCheck> running =
                worker.running().flatMap(TaskEntry::work).map(TaskEntry.Work::memory);
        AdmissionCheck.Admitted admitted = admission.admit(input, options, name, exportDirectory, running);
        UUID id = UUID.randomUUID();
        Task task = admitted.task(id, store.folder(id).results(), now());
        TaskEntry entry = entry(task, Optional.of(admitted.work()));
        registry.save(entry);
        if (!queue.offer(entry)) {
            registry.remove(id);
            requireCapacity(true);
        }
        return task;
    }

    public Optional<Task> find(UUID id) {
        return registry.find(id).map(TaskEntry::task);
    }

    /** Returns all tasks, newest first. */
    public List<Task> tasks() {
        return registry.entries().stream()
                .map(TaskEntry::task)
                .sorted(Comparator.comparing(Task::createdAt).reversed().thenComparing(Task::id))
                .toList();
    }

    /** Returns whether tasks are processed; false if a task ignores all interrupts, which requires a restart. */
    public boolean isWorking() {
        return thread.isWorking();
    }

    /** Returns the number of waiting tasks. */
    public int queueLength() {
        return queue.size();
    }

    /**
     * Cancels a pending task at once, and a running one between two blocks of the network.
     *
     * @return the task after the call
     * @throws NoSuchElementException if there is no such task
     * @throws IllegalStateException if it has ended
     */
    public Task cancel(UUID id) {
        TaskEntry entry = registry.entry(id);
        Task task = entry.cancel(now());
        if (task.status().ended()) {
            queue.remove(entry);
            entry.deleteUploads();
        }
        return task;
    }

    /**
     * Removes an ended task and its files.
     *
     * @throws NoSuchElementException if there is no such task
     * @throws IllegalStateException if it is pending or running
     */
    public void delete(UUID id) throws IOException {
        registry.delete(id);
    }

    /**
     * Adds a listener that receives the current state and every change; a slow listener may miss intermediate states. It
     * is called by one thread at a time, never by the worker, and is removed once it throws.
     *
     * @return a handle that removes the listener when closed
     * @throws NoSuchElementException if there is no such task
     */
    public AutoCloseable addListener(UUID id, Consumer<Task> listener) {
        return registry.entry(id).addListener(listener);
    }

    /**
     * Returns the map of a running task that streams; empty for other tasks.
     *
     * @throws NoSuchElementException if there is no such task
     */
    public Optional<LiveMap> liveMap(UUID id) {
        return registry.entry(id).live();
    }

    /** Returns the reader of results. */
    public ResultReader results() {
        return results;
    }

    /** Removes ended tasks that are too old, too many or too large, and returns their number. */
    public int prune() {
        return registry.prune(now());
    }

    /**
     * Ends all tasks as failed and releases the workspace; a second call has no effect. If the running task does not end
     * within ten seconds, the workspace stays locked, since the task may still write to it.
     */
    @Override
    public void close() {
        closeWithin(CLOSE_TIMEOUT);
    }

    synchronized void closeWithin(Duration timeout) {
        if (closed) {
            return;
        }
        closed = true;
        for (TaskEntry entry : queue.close()) {
            entry.stop(now());
            entry.deleteUploads();
        }
        if (!thread.stopWithin(timeout)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the running task has not ended within " + timeout.toMillis() / 1e3
                            + " s; the workspace stays locked");
            return;
        }
        try {
            store.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot release the lock of the workspace", e);
        }
    }

    private void requireCapacity(boolean full) {
        if (closed) {
            throw new IllegalStateException("the service is stopping and accepts no more tasks");
        }
        if (full) {
            Optional<Instant> since = worker.running().map(TaskEntry::task).flatMap(Task::startedAt);
            throw new QueueFullException(settings.queueCapacity(), durations.estimateWait(since, now()));
        }
    }

    private TaskEntry entry(Task task, Optional<TaskEntry.Work> work) {
        return new TaskEntry(task, work, store, new TaskListeners(listeners));
    }

    private Instant now() {
        return clock.instant();
    }
}
