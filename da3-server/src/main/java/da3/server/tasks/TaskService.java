package da3.server.tasks;

import da3.core.MemoryCheck;
import da3.server.wire.TaskOptions;
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

/** Tasks in order, one at a time, before one model; their results on disk. */
public final class TaskService implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TaskService.class.getName());

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TaskSettings settings;
    private final TaskStore store;
    private final Clock clock;
    private final TaskRegistry register;
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
        register = new TaskRegistry(store, settings);
        results = new ResultReader(register, store);
        admission = new AdmissionCheck(settings, model, store);
        queue = new TaskQueue<>(settings.queueCapacity());
        worker = new TaskWorker(queue, store, settings, model, durations, clock, this::prune);
        thread = new WorkerThread(worker, clock);
        listeners = Executors.newCachedThreadPool(task -> DaemonThreads.thread(task, "da3-task-listeners"));
    }

    /**
     * Opens a workspace, made where it is not there: completed tasks are found again, those that a stop of the service cut
     * off have failed, and what is half written is removed.
     *
     * @param model closed by its owner, after this
     * @throws IllegalStateException if another service uses the workspace
     * @throws IOException if the workspace cannot be read or written
     */
    public static TaskService open(TaskSettings settings, ModelHolder model) throws IOException {
        return open(settings, model, Clock.systemUTC());
    }

    static TaskService open(TaskSettings settings, ModelHolder model, Clock clock) throws IOException {
        TaskStore store = TaskStore.open(settings.workspace());
        boolean whole = false;
        try {
            TaskService service = new TaskService(settings, model, store, clock);
            for (Task task : store.recover(service.now())) {
                TaskEntry entry = service.entry(task, Optional.empty());
                entry.measure();
                service.register.add(entry);
            }
            service.prune();
            service.thread.start();
            whole = true;
            return service;
        } finally {
            if (!whole) {
                store.close();
            }
        }
    }

    public TaskSettings settings() {
        return settings;
    }

    /** A new empty folder that only this user may read; it goes with the task that uses it. */
    public Path newUpload() throws IOException {
        return store.newUpload();
    }

    /** Removes an upload that no task was made of; what is none is left as it is. */
    public void discardUpload(Path upload) {
        store.uploadOf(upload).ifPresent(store::discard);
    }

    /**
     * Looks at the headers of the files and queues a task. An upload stays with its sender where this throws.
     *
     * @param name for people; where it is blank, the first file's
     * @param exportDirectory where results are put as well; what is there is never overwritten
     * @throws QueueFullException if as many tasks wait as may
     * @throws DoesNotFitException if the memory would not do
     * @throws IllegalArgumentException if the model has not what is asked for, or a limit is passed
     * @throws IllegalStateException after {@link #close()}, or if the model cannot be loaded
     * @throws java.nio.file.FileAlreadyExistsException if results are in the way
     * @throws IOException if a file cannot be read or is no photo or video
     */
    public Task submit(TaskInput input, TaskOptions options, String name, Optional<Path> exportDirectory)
            throws IOException {
        requirePlace(queue.isFull());
        Optional<MemoryCheck> running =
                worker.running().flatMap(TaskEntry::work).map(TaskEntry.Work::memory);
        AdmissionCheck.Admitted admitted = admission.admit(input, options, name, exportDirectory, running);
        UUID id = UUID.randomUUID();
        Task task = admitted.task(id, store.folder(id).results(), now());
        TaskEntry entry = entry(task, Optional.of(admitted.work()));
        register.save(entry);
        if (!queue.offer(entry)) {
            register.remove(id);
            requirePlace(true);
        }
        return task;
    }

    public Optional<Task> find(UUID id) {
        return register.find(id).map(TaskEntry::task);
    }

    /** All there are, newest first. */
    public List<Task> tasks() {
        return register.entries().stream()
                .map(TaskEntry::task)
                .sorted(Comparator.comparing(Task::createdAt).reversed().thenComparing(Task::id))
                .toList();
    }

    /** Tells whether tasks are being done; not if one can be ended by nothing, which only a restart helps against. */
    public boolean isWorking() {
        return thread.isWorking();
    }

    /** Tasks that wait. */
    public int queueLength() {
        return queue.size();
    }

    /**
     * Ends a pending task at once, and a running one between two blocks of the network.
     *
     * @return the task as it stands then
     * @throws NoSuchElementException if there is no such task
     * @throws IllegalStateException if it has ended
     */
    public Task cancel(UUID id) {
        TaskEntry entry = register.entry(id);
        Task task = entry.cancel(now());
        if (task.status().ended()) {
            queue.remove(entry);
            entry.discardUploads();
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
        register.delete(id);
    }

    /**
     * Tells a listener the newest state, at once and after every change; states between may be left out for a slow one.
     * It is called by one thread at a time, never the worker's, and no more once it has thrown.
     *
     * @return ends it when closed
     * @throws NoSuchElementException if there is no such task
     */
    public AutoCloseable watch(UUID id, Consumer<Task> listener) {
        return register.entry(id).watch(listener);
    }

    /** Returns what gives the results of completed tasks. */
    public ResultReader results() {
        return results;
    }

    /** Removes ended tasks that are too old, too many or too large, and gives their number. */
    public int prune() {
        return register.prune(now());
    }

    /**
     * Cancels what runs, fails what waits, and gives the workspace back; a second call does nothing. A task that does not
     * end within ten seconds keeps the workspace until the process ends, as it may still write there.
     */
    @Override
    public void close() {
        closeWithin(PATIENCE);
    }

    synchronized void closeWithin(Duration patience) {
        if (closed) {
            return;
        }
        closed = true;
        for (TaskEntry entry : queue.close()) {
            entry.stop(now());
            entry.discardUploads();
        }
        if (!thread.endsWithin(patience)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the running task has not ended in " + patience.toMillis() / 1e3 + " s; it is left behind");
            return;
        }
        try {
            store.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the workspace's lock cannot be closed", e);
        }
    }

    private void requirePlace(boolean full) {
        if (closed) {
            throw new IllegalStateException("the service is stopping and takes no more tasks");
        }
        if (full) {
            Optional<Instant> since = worker.running().map(TaskEntry::task).flatMap(Task::startedAt);
            throw new QueueFullException(settings.queueCapacity(), durations.untilNextPlace(since, now()));
        }
    }

    private TaskEntry entry(Task task, Optional<TaskEntry.Work> work) {
        return new TaskEntry(task, work, store, new TaskListeners(listeners));
    }

    private Instant now() {
        return clock.instant();
    }
}
