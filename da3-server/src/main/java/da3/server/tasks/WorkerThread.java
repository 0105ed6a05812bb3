package da3.server.tasks;

import java.time.Clock;
import java.time.Duration;

/** The thread of the worker, from its start to its end. */
final class WorkerThread {

    private static final Duration BETWEEN_STOPS = Duration.ofMillis(100);

    private final TaskWorker worker;
    private final Clock clock;
    private final Thread thread;

    WorkerThread(TaskWorker worker, Clock clock) {
        this.worker = worker;
        this.clock = clock;
        thread = DaemonThreads.thread(worker, "da3-tasks");
    }

    void start() {
        thread.start();
    }

    /** Tells whether tasks are being done; not if one can be ended by nothing. */
    boolean isWorking() {
        return thread.isAlive() && !worker.isStuck();
    }

    /** Stops what runs, once the queue is closed, and tells whether the thread has ended by then. */
    boolean endsWithin(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        while (thread.isAlive() && System.nanoTime() < end) {
            worker.running().ifPresent(entry -> entry.stop(clock.instant()));
            try {
                thread.join(BETWEEN_STOPS.toMillis()); // what the worker has just taken may not be running yet
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
