package da3.nn.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The one thread on which an engine's calls run, in order: native memory has no locks, and OpenMP pools belong to
 * threads.
 */
public final class EngineThread {

    private final String name;
    private final ExecutorService executor;
    private volatile Thread thread;
    private Future<?> closing; // null while open

    public EngineThread(String name) {
        this.name = name;
        this.executor = Executors.newSingleThreadExecutor(task -> {
            thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Runs work and waits for it, even when interrupted; exceptions of the work are thrown on.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public <T> T run(Callable<T> work) {
        return run(work, () -> {});
    }

    /** @param interrupted called when the waiting thread is interrupted; it waits on */
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
     * Runs the last work once the running call is done; a second call only waits for that. Work itself may not close.
     */
    public void close(Runnable last) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("engine " + name + " cannot be closed by the work that it runs");
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

    /** Native work belongs to this thread: its memory has no locks. */
    public void requireCurrent() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(
                    "operation on thread " + Thread.currentThread().getName() + "; legal: inside run, on " + name);
        }
    }

    /** Waits even when interrupted: the work holds memory that only its end releases. */
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
