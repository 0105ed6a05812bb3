package da3.server.tasks;

import da3.core.ErrorMessage;
import da3.core.MemoryCheck;
import da3.geometry.check.Check;
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

/** A task with all that happens to it; changes take turns, and what cannot be undone is on the disk before it is told. */
final class TaskEntry {

    private static final System.Logger LOG = System.getLogger(TaskEntry.class.getName());
    private static final int RETIRED = -1;
    private static final String STOPPED = "interrupted by a stop of the service";

    /** What a task that waits or runs holds. */
    record Work(TaskInput input, MemoryCheck memory, Set<Path> uploads) {}

    private final TaskStore store;
    private final TaskListeners watchers;
    private final AtomicInteger holds = new AtomicInteger(); // readers of its results, or RETIRED
    private volatile Task task;
    private volatile Optional<Work> work;
    private volatile long bytes;
    private Thread worker; // null unless it runs
    private long began; // on the clock of System.nanoTime
    private boolean cancelled;
    private boolean stopped;
    private Optional<Duration> exceeded = Optional.empty(); // the time that it might have taken

    /** @param work empty once it has ended */
    TaskEntry(Task task, Optional<Work> work, TaskStore store, TaskListeners watchers) {
        this.task = task;
        this.work = work;
        this.store = store;
        this.watchers = watchers;
    }

    Task task() {
        return task;
    }

    Optional<Work> work() {
        return work;
    }

    synchronized AutoCloseable watch(Consumer<Task> listener) {
        return watchers.add(listener, task);
    }

    /** Whether its results stay until {@link #release()}; not once it is retired. */
    boolean hold() {
        return holds.getAndUpdate(readers -> readers == RETIRED ? RETIRED : readers + 1) != RETIRED;
    }

    void release() {
        holds.decrementAndGet();
    }

    boolean isHeld() {
        return holds.get() > 0;
    }

    /** Whether nobody reads its results, and from here on nobody may. */
    boolean retire() {
        return holds.compareAndSet(0, RETIRED);
    }

    /** Of its files, once it has ended. */
    long bytes() {
        return bytes;
    }

    void measure() {
        try {
            bytes = Folders.bytes(store.folder(task.id()).root());
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "the files of task " + task.id() + " cannot be counted", e);
        }
    }

    /** Whether it is the calling thread's now; not if it was cancelled while it waited. */
    synchronized boolean begin(Instant now) {
        if (task.status() != TaskStatus.PENDING) {
            return false;
        }
        worker = Thread.currentThread();
        began = System.nanoTime();
        become(TaskTransition.started(task, now));
        return true;
    }

    synchronized void at(double progress, String stage) {
        if (task.status() == TaskStatus.RUNNING) {
            task = TaskTransition.at(task, progress, stage);
            watchers.tell(task);
        }
    }

    /**
     * Makes results of what was written.
     *
     * @throws CancellationException if it was cancelled meanwhile
     */
    synchronized void complete(TaskRun.Outcome outcome, Optional<ExportPlacement> placement, Instant now)
            throws IOException {
        endInterrupts();
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
        placement.ifPresent(ExportPlacement::keep);
        measure();
        task = completed;
        watchers.tell(completed);
    }

    /** Ends it without results, unless it has ended. */
    synchronized void fail(Throwable failure, Instant now) {
        endInterrupts();
        if (task.status().ended()) {
            LOG.log(System.Logger.Level.WARNING, "after the end of task " + task.id(), failure);
            return;
        }
        Set<Path> folders = new HashSet<>(work.map(Work::uploads).orElse(Set.of()));
        folders.add(store.folder(task.id()).root());
        boolean told = cancelled || stopped || exceeded.isPresent();
        String why = stopped ? STOPPED : exceeded.map(TaskEntry::tooLong).orElseGet(() -> sentence(failure, folders));
        Task ended =
                cancelled && !stopped ? TaskTransition.cancelled(task, now) : TaskTransition.failed(task, why, now);
        if (!told && !ErrorMessage.isExpected(failure)) {
            LOG.log(System.Logger.Level.WARNING, "task " + task.id() + " failed", failure);
        }
        try {
            TaskFolder folder = store.folder(task.id());
            Folders.delete(folder.partial());
            Folders.delete(folder.results());
            Files.deleteIfExists(folder.scene());
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "what task " + task.id() + " left cannot be removed", e);
        }
        become(ended);
    }

    /** @throws IllegalStateException if it has ended */
    synchronized Task cancel(Instant now) {
        if (task.status().ended()) {
            throw new IllegalStateException(Check.message(
                    "task " + task.id(), "pending or running", task.status().id()));
        }
        cancelled = true;
        if (task.status() == TaskStatus.PENDING && worker == null) {
            become(TaskTransition.cancelled(task, now));
        } else {
            interruptWorker();
            task = TaskTransition.cancelling(task);
            watchers.tell(task);
        }
        return task;
    }

    /** Of a service that is closed; called again until it has ended, as an interrupt may be missed. */
    synchronized void stop(Instant now) {
        stopped = true;
        if (task.status() == TaskStatus.PENDING && worker == null) {
            become(TaskTransition.failed(task, STOPPED, now));
        } else {
            interruptWorker();
        }
    }

    /** Interrupts it if it runs and was told to end, as one interrupt may be missed, or has run for as long as it may. */
    synchronized void remind(Duration limit) {
        if (worker != null && exceeded.isEmpty() && System.nanoTime() - began >= limit.toNanos()) {
            exceeded = Optional.of(limit);
        }
        if (cancelled || stopped || exceeded.isPresent()) {
            interruptWorker();
        }
    }

    /** Does nothing between the end of its work and the record of that, when it ends anyway. */
    private void interruptWorker() {
        if (worker != null) {
            worker.interrupt();
        }
    }

    private static String tooLong(Duration limit) {
        return "a task must end within " + limit.toMillis() / 1e3 + " s, and this one was stopped then";
    }

    /** Once it has ended: lets go of its photos and uploads. */
    void discardUploads() {
        work.ifPresent(held -> held.uploads().forEach(store::discard));
        work = Optional.empty();
    }

    /** From here on no interrupt comes, and none that came lasts. */
    private void endInterrupts() {
        worker = null;
        Thread.interrupted();
    }

    /** Told although it may not be on the disk: a task without results is failed after a restart, whatever it was. */
    private void become(Task next) {
        try {
            store.save(next);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "task " + next.id() + " cannot be recorded", e);
        }
        task = next;
        watchers.tell(next);
    }

    /** Where uploads and results lie is nobody's business. */
    static String sentence(Throwable failure, Set<Path> folders) {
        String sentence = ErrorMessage.of(failure);
        for (Path folder : folders) {
            sentence = sentence.replace(folder + folder.getFileSystem().getSeparator(), "");
        }
        return sentence;
    }
}
