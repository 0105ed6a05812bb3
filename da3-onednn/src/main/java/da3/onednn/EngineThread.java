package da3.onednn;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The one thread on which calls run, in order; it leads the {@link Crew}. */
final class EngineThread {

    private final String name;
    private final ExecutorService executor;
    private volatile Thread thread;
    private boolean closed;

    EngineThread(String name) {
        this.name = name;
        this.executor = Executors.newSingleThreadExecutor(task -> {
            thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    <T> T run(Callable<T> work) {
        if (Thread.currentThread() == thread) {
            return call(work);
        }
        Future<T> result;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("engine " + name + " is closed");
            }
            result = executor.submit(work);
        }
        return await(result);
    }

    /** Runs the last work once the running call is done; a second call does nothing. Work itself may not close. */
    void close(Runnable last) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("engine " + name + " cannot be closed by the work that it runs");
        }
        Future<?> done;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            done = executor.submit(last);
            executor.shutdown();
        }
        await(done);
    }

    /** Waits even when interrupted: the work holds memory that only its end releases. */
    private static <T> T await(Future<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
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
