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

/** Does tasks one after the other; whatever one of them throws, and wherever, the next is done. */
final class TaskWorker implements Runnable {

    private static final System.Logger LOG = System.getLogger(TaskWorker.class.getName());

    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_REMINDERS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final TaskQueue<TaskEntry> queue;
    private final TaskStore store;
    private final TaskSettings settings;
    private final ModelHolder model;
    private final RecentDurations durations;
    private final Clock clock;
    private final Runnable afterEach;
    private final ScheduledExecutorService reminders =
            Executors.newSingleThreadScheduledExecutor(task -> DaemonThreads.thread(task, "da3-task-reminders"));
    private volatile Optional<TaskEntry> running = Optional.empty();
    private volatile long since; // of the running task, on the clock of System.nanoTime

    TaskWorker(
            TaskQueue<TaskEntry> queue,
            TaskStore store,
            TaskSettings settings,
            ModelHolder model,
            RecentDurations durations,
            Clock clock,
            Runnable afterEach) {
        this.queue = queue;
        this.store = store;
        this.settings = settings;
        this.model = model;
        this.durations = durations;
        this.clock = clock;
        this.afterEach = afterEach;
    }

    Optional<TaskEntry> running() {
        return running;
    }

    /** Tells whether a task goes on long after its time was over, deaf to all interrupts. */
    boolean isStuck() {
        Duration limit = settings.timeLimit();
        Duration grace = limit.compareTo(GRACE) < 0 ? limit : GRACE;
        return running.isPresent()
                && System.nanoTime() - since > limit.plus(grace).toNanos();
    }

    @Override
    public void run() {
        boolean open = true;
        while (open) {
            try {
                open = doNext();
            } catch (Throwable failure) { // memory may run out anywhere, and the thread must not end by it
                logged(failure);
            } finally {
                running = Optional.empty();
            }
        }
        reminders.shutdownNow();
    }

    /** Returns false once the queue is closed. */
    private boolean doNext() {
        Optional<TaskEntry> next = queue.take();
        if (next.isEmpty()) {
            return false;
        }
        since = System.nanoTime();
        running = next; // before it begins, so that the next stop of the service reaches it
        TaskEntry entry = next.get();
        try {
            if (!entry.begin(clock.instant())) {
                return true;
            }
            runWithReminders(entry);
            entry.task().processingTime().ifPresent(durations::add);
        } catch (Throwable failure) { // memory or a native library may fail in ways of their own
            end(entry, failure);
        }
        entry.discardUploads();
        afterEach.run();
        return true;
    }

    private void runWithReminders(TaskEntry entry) throws IOException {
        long period = Math.max(1, Math.min(settings.timeLimit().toMillis(), BETWEEN_REMINDERS.toMillis()));
        Future<?> reminder = reminders.scheduleWithFixedDelay(
                () -> entry.remind(settings.timeLimit()), period, period, TimeUnit.MILLISECONDS);
        try {
            work(entry);
        } finally {
            reminder.cancel(false);
        }
    }

    /** Tries until it is done: a task that nobody ends would be waited for without end. */
    private void end(TaskEntry entry, Throwable failure) {
        while (!entry.task().status().ended()) {
            try {
                entry.fail(failure, clock.instant());
            } catch (Throwable again) {
                logged(again);
                pause(); // memory that is short now may be there in a moment
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException e) {
            // of a task that is ending anyway
        }
    }

    /** Never throws. */
    private static void logged(Throwable failure) {
        try {
            LOG.log(System.Logger.Level.WARNING, "the service could not do all that belongs to a task", failure);
        } catch (Throwable again) {
            // there is no memory to say so
        }
    }

    private void work(TaskEntry entry) throws IOException {
        Task task = entry.task();
        Path partial = store.folder(task.id()).partial();
        TaskProgress progress = new TaskProgress(passes(task), entry::at);
        TaskInput input = entry.work().orElseThrow().input();
        TaskRun.Outcome outcome = new TaskRun(task, input, settings, model, progress).write(partial);
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

    /** Returns how often a network runs: a nested model has two, and incomplete cameras are estimated first. */
    private int passes(Task task) throws IOException {
        int scenes = task.options().job().inference().independent() ? task.views() : 1;
        int first = task.options().posesAreIncomplete() ? 1 : 0;
        return scenes * (1 + first + (model.ready().config().metric().isPresent() ? 1 : 0));
    }
}
