package da3.nn.engine;

import da3.geometry.check.Check;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The single thread on which an engine runs all its work in order, since its memory is not thread-safe and OpenMP pools
 * belong to threads.
 */
public final class EngineThread {

    private final String name;
    private final ExecutorService executor;
    private volatile Thread thread;
    private Future<?> closing; // null while open

    /** Creates a daemon thread, which starts with the first work. */
    public EngineThread(String name) {
        this.name = name;
        this.executor = Executors.newSingleThreadExecutor(task -> {
            thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Runs work and waits for it, even if interrupted, and rethrows its exceptions.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public <T> T run(Callable<T> work) {
        return run(work, () -> {});
    }

    /** @param interrupted called when the waiting thread is interrupted, which then continues to wait */
    public <T> T run(Callable<T> work, Runnable interrupted) {
        if (Thread.currentThread() == thread) {
            return call(work);
        }
        Future<T> result;
        synchronized (this) {
            if (closing != null) {
                throw new IllegalStateException("engine " + name + " is closed");
            }
            result = executor.submit(work);
        }
        return await(result, interrupted);
    }

    /**
     * Runs the last work after the running call. A second call only waits for it.
     *
     * @throws IllegalStateException on the thread itself
     */
    public void close(Runnable last) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("engine " + name + " cannot be closed by its own work");
        }
        Future<?> done;
        synchronized (this) {
            if (closing == null) {
                closing = executor.submit(last);
                executor.shutdown();
            }
            done = closing;
        }
        await(done, () -> {});
    }

    /** @throws IllegalStateException on any other thread */
    public void requireCurrent() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(Check.message(
                    "thread of an operation",
                    name + ", inside run",
                    Thread.currentThread().getName()));
        }
    }

    /** Waits even if interrupted, since the work holds memory until it ends. */
    private static <T> T await(Future<T> future, Runnable whenInterrupted) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    whenInterrupted.run();
                } catch (ExecutionException e) {
                    throw unchecked(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(Throwable t) {
        if (t instanceof RuntimeException e) {
            return e;
        }
        if (t instanceof Error e) {
            throw e;
        }
        return new IllegalStateException(t);
    }
}
