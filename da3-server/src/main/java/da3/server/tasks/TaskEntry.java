package da3.server.tasks;

import da3.core.ErrorMessage;
import da3.core.MemoryCheck;
import da3.geometry.check.Check;
import da3.streaming.LiveMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The mutable state of a task. Transitions are synchronized, and saved before listeners are notified. */
final class TaskEntry {

    private static final System.Logger LOG = System.getLogger(TaskEntry.class.getName());
    private static final int RETIRED = -1;
    private static final String SERVICE_STOPPED = "interrupted by a stop of the service";

    /** The resources of a pending or running task. */
    record Work(TaskInput input, MemoryCheck memory, Set<Path> uploads) {}

    private final TaskStore store;
    private final TaskListeners listeners;
    private final AtomicInteger pins = new AtomicInteger(); // number of readers of the results, or RETIRED
    private volatile Task task;
    private volatile Optional<Work> work;
    private volatile Optional<LiveMap> live = Optional.empty(); // of a running stream
    private volatile long bytes;
    private Thread worker; // null unless running
    private long startNanos; // from System.nanoTime
    private boolean cancelled;
    private boolean stopped;
    private Optional<Duration> exceeded = Optional.empty(); // time limit, once it is exceeded

    /** @param work resources of the task; empty if it has ended */
    TaskEntry(Task task, Optional<Work> work, TaskStore store, TaskListeners listeners) {
        this.task = task;
        this.work = work;
        this.store = store;
        this.listeners = listeners;
    }

    Task task() {
        return task;
    }

    Optional<Work> work() {
        return work;
    }

    /** Returns the map of a running stream. */
    Optional<LiveMap> live() {
        return live;
    }

    /** Lets viewers follow the map of a running stream, until the task ends. */
    void follow(LiveMap map) {
        live = Optional.of(map);
    }

    synchronized AutoCloseable addListener(Consumer<Task> listener) {
        return listeners.add(listener, task);
    }

    /** Prevents removal until {@link #unpin()}; returns false if the task is retired. */
    boolean pin() {
        return pins.getAndUpdate(readers -> readers == RETIRED ? RETIRED : readers + 1) != RETIRED;
    }

    void unpin() {
        pins.decrementAndGet();
    }

    boolean isPinned() {
        return pins.get() > 0;
    }

    /** Prevents further pins; returns false if the task is pinned. */
    boolean retire() {
        return pins.compareAndSet(0, RETIRED);
    }

    /** Returns the size of the files of an ended task. */
    long bytes() {
        return bytes;
    }

    /** Updates {@link #bytes()}. */
    void measureBytes() {
        try {
            bytes = Folders.bytes(store.folder(task.id()).root());
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot determine the size of task " + task.id(), e);
        }
    }

    /** Starts the task on the calling thread; returns false if it was cancelled while pending. */
    synchronized boolean start(Instant now) {
        if (task.status() != TaskStatus.PENDING) {
            return false;
        }
        worker = Thread.currentThread();
        startNanos = System.nanoTime();
        transitionTo(TaskTransition.started(task, now));
        return true;
    }

    synchronized void progress(double progress, String stage) {
        if (task.status() == TaskStatus.RUNNING) {
            task = TaskTransition.progressed(task, progress, stage);
            listeners.publish(task);
        }
    }

    /**
     * Completes the task: publishes the written files as results, and places the export.
     *
     * @throws CancellationException if the task was cancelled or the service is stopping
     */
    synchronized void complete(TaskRun.Outcome outcome, Optional<ExportPlacement> placement, Instant now)
            throws IOException {
        detachWorker();
        if (cancelled || stopped) {
            throw new CancellationException("task was cancelled");
        }
        TaskFolder folder = store.folder(task.id());
        Folders.write(folder.scene(), SceneJson.bytes(outcome.scene()));
        Files.move(folder.partial(), folder.results(), StandardCopyOption.ATOMIC_MOVE);
        if (placement.isPresent()) {
            placement.get().place();
        }
        Task completed = TaskTransition.completed(task, outcome, now);
        store.save(completed);
        placement.ifPresent(ExportPlacement::commit);
        measureBytes();
        task = completed;
        listeners.publish(completed);
    }

    /** Ends the task without results, and removes its files; only logs the failure if the task has already ended. */
    synchronized void fail(Throwable failure, Instant now) {
        detachWorker();
        if (task.status().ended()) {
            LOG.log(System.Logger.Level.WARNING, "failure after the end of task " + task.id(), failure);
            return;
        }
        Set<Path> folders = new HashSet<>(work.map(Work::uploads).orElse(Set.of()));
        folders.add(store.folder(task.id()).root());
        boolean isRequested = cancelled || stopped || exceeded.isPresent();
        String why = stopped
                ? SERVICE_STOPPED
                : exceeded.map(TaskEntry::timeLimitMessage).orElseGet(() -> message(failure, folders));
        Task ended =
                cancelled && !stopped ? TaskTransition.cancelled(task, now) : TaskTransition.failed(task, why, now);
        if (!isRequested && !ErrorMessage.isExpected(failure)) {
            LOG.log(System.Logger.Level.WARNING, "task " + task.id() + " failed", failure);
        }
        try {
            TaskFolder folder = store.folder(task.id());
            Folders.delete(folder.partial());
            Folders.delete(folder.results());
            Files.deleteIfExists(folder.scene());
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot remove the files of task " + task.id(), e);
        }
        transitionTo(ended);
    }

    /**
     * Cancels the task, at once if it is pending, and by an interrupt if it is running.
     *
     * @throws IllegalStateException if it has ended
     */
    synchronized Task cancel(Instant now) {
        if (task.status().ended()) {
            throw new IllegalStateException(Check.message(
                    "task " + task.id(), "pending or running", task.status().id()));
        }
        cancelled = true;
        if (task.status() == TaskStatus.PENDING && worker == null) {
            transitionTo(TaskTransition.cancelled(task, now));
        } else {
            interruptWorker();
            task = TaskTransition.cancelling(task);
            listeners.publish(task);
        }
        return task;
    }

    /** Ends the task since the service closes. Called repeatedly until it has ended, as code may swallow interrupts. */
    synchronized void stop(Instant now) {
        stopped = true;
        if (task.status() == TaskStatus.PENDING && worker == null) {
            transitionTo(TaskTransition.failed(task, SERVICE_STOPPED, now));
        } else {
            interruptWorker();
        }
    }

    /** Interrupts a running task that is cancelled or exceeds its time limit; called periodically, like {@link #stop}. */
    synchronized void interruptIfDue(Duration limit) {
        if (worker != null && exceeded.isEmpty() && System.nanoTime() - startNanos >= limit.toNanos()) {
            exceeded = Optional.of(limit);
        }
        if (cancelled || stopped || exceeded.isPresent()) {
            interruptWorker();
        }
    }

    /** Does nothing after {@link #detachWorker()}. */
    private void interruptWorker() {
        if (worker != null) {
            worker.interrupt();
        }
    }

    private static String timeLimitMessage(Duration limit) {
        return "the task was stopped after the time limit of " + limit.toMillis() / 1e3 + " s";
    }

    /** Deletes the uploads and the live map of an ended task. */
    void deleteUploads() {
        live = Optional.empty();
        work.ifPresent(resources -> resources.uploads().forEach(store::deleteUpload));
        work = Optional.empty();
    }

    /** Prevents further interrupts, and clears a pending one. */
    private void detachWorker() {
        worker = null;
        Thread.interrupted();
    }

    /** Saves and publishes a state without results. If saving fails, the task is failed after a restart in any case. */
    private void transitionTo(Task next) {
        try {
            store.save(next);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot save task " + next.id(), e);
        }
        task = next;
        listeners.publish(next);
    }

    /** Returns the message of a failure without the paths of folders of the service. */
    static String message(Throwable failure, Set<Path> folders) {
        String message = ErrorMessage.of(failure);
        for (Path folder : folders) {
            message = message.replace(folder + folder.getFileSystem().getSeparator(), "");
        }
        return message;
    }
}
