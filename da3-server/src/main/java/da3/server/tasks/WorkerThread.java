package da3.server.tasks;

import java.time.Clock;
import java.time.Duration;

/** The daemon thread that runs the {@link TaskWorker}. */
final class WorkerThread {

    private static final Duration STOP_PERIOD = Duration.ofMillis(100);

    private final TaskWorker worker;
    private final Clock clock;
    private final Thread thread;

    WorkerThread(TaskWorker worker, Clock clock) {
        this.worker = worker;
        this.clock = clock;
        thread = DaemonThreads.create(worker, "da3-tasks");
    }

    void start() {
        thread.start();
    }

    /** Returns whether tasks are processed; false if the thread has died or a task ignores all interrupts. */
    boolean isWorking() {
        return thread.isAlive() && !worker.isStuck();
    }

    /** Stops the running task after the queue is closed, and returns whether the thread has ended within the timeout. */
    boolean stopWithin(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        while (thread.isAlive() && System.nanoTime() < end) {
            worker.running().ifPresent(entry -> entry.stop(clock.instant()));
            try {
                thread.join(STOP_PERIOD.toMillis()); // a task may start after the last stop
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
