package da3.server.tasks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Does tasks one after the other; whatever one of them throws, the next is done. */
final class TaskWorker implements Runnable {

    private static final System.Logger LOG = System.getLogger(TaskWorker.class.getName());

    private final TaskQueue<TaskEntry> queue;
    private final TaskStore store;
    private final TaskSettings settings;
    private final ModelHolder model;
    private final RecentDurations durations;
    private final Clock clock;
    private final Runnable afterEach;
    private volatile Optional<TaskEntry> running = Optional.empty();

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

    @Override
    public void run() {
        for (Optional<TaskEntry> next = queue.take(); next.isPresent(); next = queue.take()) {
            running = next; // before it begins, so that the next stop of the service reaches it
            if (next.get().begin(clock.instant())) {
                finish(next.get());
            }
            running = Optional.empty();
        }
    }

    private void finish(TaskEntry entry) {
        try {
            work(entry);
            entry.task().processingTime().ifPresent(durations::add);
        } catch (Throwable failure) { // memory or a native library may fail in ways of their own
            entry.fail(failure, clock.instant());
        }
        try {
            entry.discardUploads();
            afterEach.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "could not clear up after a task", e);
        }
    }

    private void work(TaskEntry entry) throws IOException {
        Task task = entry.task();
        Path partial = store.folder(task.id()).partial();
        TaskProgress progress = new TaskProgress(passes(task.options()), entry::at);
        TaskInput input = entry.work().orElseThrow().input();
        TaskRun.Outcome outcome = new TaskRun(task, input, settings, model, progress).write(partial);
        Folders.forceAll(partial);
        Optional<Path> export = task.exportDirectory();
        if (export.isEmpty()) {
            entry.complete(outcome, Optional.empty(), clock.instant());
            return;
        }
        try (ExportPlacement placement =
                ExportPlacement.stage(task.id(), export.get(), task.options().formats(), partial)) {
            entry.complete(outcome, Optional.of(placement), clock.instant());
        }
    }

    /** How often a network runs: a nested model has two, and cameras that are not given whole are estimated first. */
    private int passes(TaskOptions options) throws IOException {
        int first = options.extrinsics().isPresent() && options.intrinsics().isEmpty() ? 1 : 0;
        return 1 + first + (model.ready().config().metric().isPresent() ? 1 : 0);
    }
}
