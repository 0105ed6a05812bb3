package da3.server.tasks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The loop of the worker thread, which runs tasks one by one and survives any failure of a task. */
final class TaskWorker implements Runnable {

    private static final System.Logger LOG = System.getLogger(TaskWorker.class.getName());

    private static final Duration STUCK_GRACE = Duration.ofMinutes(1);
    private static final Duration WATCHDOG_PERIOD = Duration.ofSeconds(1);
    private static final Duration RETRY_DELAY = Duration.ofMillis(200);

    private final TaskQueue<TaskEntry> queue;
    private final TaskStore store;
    private final TaskSettings settings;
    private final ModelHolder model;
    private final RecentDurations durations;
    private final Clock clock;
    private final Runnable afterTask;
    private final ScheduledExecutorService watchdog =
            Executors.newSingleThreadScheduledExecutor(task -> DaemonThreads.create(task, "da3-task-watchdog"));
    private volatile Optional<TaskEntry> running = Optional.empty();
    private volatile long startNanos; // start of the running task, from System.nanoTime

    TaskWorker(
            TaskQueue<TaskEntry> queue,
            TaskStore store,
            TaskSettings settings,
            ModelHolder model,
            RecentDurations durations,
            Clock clock,
            Runnable afterTask) {
        this.queue = queue;
        this.store = store;
        this.settings = settings;
        this.model = model;
        this.durations = durations;
        this.clock = clock;
        this.afterTask = afterTask;
    }

    Optional<TaskEntry> running() {
        return running;
    }

    /** Returns whether the running task ignores interrupts long after its time limit. */
    boolean isStuck() {
        Duration limit = settings.timeLimit();
        Duration grace = limit.compareTo(STUCK_GRACE) < 0 ? limit : STUCK_GRACE;
        return running.isPresent()
                && System.nanoTime() - startNanos > limit.plus(grace).toNanos();
    }

    @Override
    public void run() {
        boolean open = true;
        while (open) {
            try {
                open = runNext();
            } catch (Throwable failure) { // such as OutOfMemoryError; the thread must survive it
                logQuietly(failure);
            } finally {
                running = Optional.empty();
            }
        }
        watchdog.shutdownNow();
    }

    /** Runs the next task; returns false once the queue is closed. */
    private boolean runNext() {
        Optional<TaskEntry> next = queue.take();
        if (next.isEmpty()) {
            return false;
        }
        startNanos = System.nanoTime();
        running = next; // before it starts, so that a stop of the service reaches it
        TaskEntry entry = next.get();
        try {
            if (!entry.start(clock.instant())) {
                return true;
            }
            runWithWatchdog(entry);
            entry.task().processingTime().ifPresent(durations::add);
        } catch (Throwable failure) { // including errors of native libraries
            end(entry, failure);
        }
        entry.deleteUploads();
        afterTask.run();
        return true;
    }

    private void runWithWatchdog(TaskEntry entry) throws IOException {
        long period = Math.max(1, Math.min(settings.timeLimit().toMillis(), WATCHDOG_PERIOD.toMillis()));
        Future<?> watch = watchdog.scheduleWithFixedDelay(
                () -> entry.interruptIfDue(settings.timeLimit()), period, period, TimeUnit.MILLISECONDS);
        try {
            process(entry);
        } finally {
            watch.cancel(false);
        }
    }

    /** Retries until the task has ended, since clients would wait forever for a task that never ends. */
    private void end(TaskEntry entry, Throwable failure) {
        while (!entry.task().status().ended()) {
            try {
                entry.fail(failure, clock.instant());
            } catch (Throwable e) {
                logQuietly(e);
                pause(); // memory may be available again soon
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_DELAY.toMillis());
        } catch (InterruptedException e) {
            // by a late cancellation of this task, which is ending anyway
        }
    }

    /** Logs a failure; never throws. */
    private static void logQuietly(Throwable failure) {
        try {
            LOG.log(System.Logger.Level.WARNING, "an operation of a task failed", failure);
        } catch (Throwable e) {
            // no memory for logging
        }
    }

    private void process(TaskEntry entry) throws IOException {
        Task task = entry.task();
        Path partial = store.folder(task.id()).partial();
        TaskProgress progress = new TaskProgress(passes(task), entry::progress);
        TaskInput input = entry.work().orElseThrow().input();
        TaskRun.Outcome outcome = task.options().stream().isPresent()
                ? new StreamRun(task, input, settings, model, progress).write(partial, entry::follow)
                : new TaskRun(task, input, settings, model, progress).write(partial);
        Folders.forceAll(partial);
        Optional<Path> export = task.exportDirectory();
        if (export.isEmpty()) {
            entry.complete(outcome, Optional.empty(), clock.instant());
            return;
        }
        try (ExportPlacement placement = ExportPlacement.stage(
                task.id(), export.get(), task.options().job().formats(), partial)) {
            entry.complete(outcome, Optional.of(placement), clock.instant());
        }
    }

    /** Returns the number of network passes: a nested model has two networks, and missing cameras need an extra pass. */
    private int passes(Task task) throws IOException {
        int scenes = task.options().job().inference().independent() ? task.views() : 1;
        int cameraPasses = task.options().posesAreIncomplete() ? 1 : 0;
        return scenes
                * (1 + cameraPasses + (model.loadIfNeeded().config().metric().isPresent() ? 1 : 0));
    }
}
