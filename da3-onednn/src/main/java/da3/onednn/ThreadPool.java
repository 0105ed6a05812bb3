package da3.onednn;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread pool whose tasks also run on the calling thread, which is worker 0.
 *
 * <p>Workers take one task at a time, so that a slow worker does not delay the others.
 */
final class ThreadPool implements AutoCloseable {

    /** One of several tasks that may run at the same time. */
    interface Task {
        /** @param worker index of the thread that runs the task, for per-thread data */
        void run(int worker, int index);
    }

    /** Spins before a thread parks: about a millisecond, since waking it may take a tenth of that. */
    private static final int MAX_SPINS = 20_000;

    private final Thread[] helpers;
    private volatile Job current = new Job(0, null, null);
    private volatile boolean closed;

    private static final class Job {
        final int count;
        final Task task;
        final Thread caller;
        final AtomicInteger next = new AtomicInteger();
        final AtomicInteger remaining;
        volatile Throwable failure;

        Job(int count, Task task, Thread caller) {
            this.count = count;
            this.task = task;
            this.caller = caller;
            this.remaining = new AtomicInteger(count);
        }

        void runTasks(int worker) {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    if (failure == null) {
                        task.run(worker, i);
                    }
                } catch (Throwable t) {
                    failure = t; // one of them, if several tasks fail
                }
                if (remaining.decrementAndGet() == 0) {
                    LockSupport.unpark(caller);
                }
            }
        }

        boolean isDone() {
            return remaining.get() == 0;
        }
    }

    /**
     * @param workers number of threads, including the calling thread
     * @param initializer runs first on each helper thread
     */
    ThreadPool(String name, int workers, Runnable initializer) {
        this.helpers = new Thread[workers - 1];
        for (int i = 0; i < helpers.length; i++) {
            int worker = i + 1;
            helpers[i] = new Thread(() -> runHelper(worker, initializer), name + "-" + worker);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    int workers() {
        return helpers.length + 1;
    }

    /**
     * Runs tasks 0 to count - 1 and waits for all of them. Always called by the same thread; rethrows an exception of a
     * task.
     */
    void forEach(int count, Task task) {
        Job job = new Job(count, task, Thread.currentThread());
        if (count > 1 && helpers.length > 0) {
            current = job;
            for (int i = 0; i < Math.min(count - 1, helpers.length); i++) {
                LockSupport.unpark(helpers[i]);
            }
        }
        job.runTasks(0);
        for (int spins = 0; !job.isDone(); spins++) {
            if (spins < MAX_SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
        if (job.failure instanceof RuntimeException e) {
            throw e;
        }
        if (job.failure != null) {
            throw (Error) job.failure; // tasks declare no checked exceptions
        }
    }

    /**
     * Runs the tasks of several parts of an operation together, so that threads wait for each other only once, and
     * finishes the parts in their order. Tasks start in the order of the parts: the longest should be first.
     */
    void run(List<Work> parts) {
        int[] ends = new int[parts.size()];
        int count = 0;
        for (int i = 0; i < ends.length; i++) {
            count += parts.get(i).count();
            ends[i] = count;
        }
        forEach(count, (worker, index) -> {
            int part = 0;
            while (index >= ends[part]) {
                part++;
            }
            Work work = parts.get(part);
            work.task().run(worker, index - (ends[part] - work.count()));
        });
        parts.forEach(part -> part.finish().run());
    }

    private void runHelper(int worker, Runnable initializer) {
        initializer.run();
        Job last = null;
        int spins = 0;
        while (!closed) {
            Job job = current;
            if (job != last) {
                job.runTasks(worker);
                last = job;
                spins = 0;
            } else if (spins++ < MAX_SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
    }

    /** Ends the helper threads; no tasks may be running. */
    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
