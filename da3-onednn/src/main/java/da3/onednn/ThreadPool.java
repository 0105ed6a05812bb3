package da3.onednn;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share tasks: the caller, who is worker 0, and the helper threads of the pool.
 *
 * <p>Tasks are handed out one by one, so a worker that the machine holds up does not hold up the others.
 */
final class ThreadPool implements AutoCloseable {

    /** One of several tasks that may run at the same time. */
    interface Task {
        /** @param worker which thread runs it, for what a thread has to itself */
        void run(int worker, int index);
    }

    /** How often a thread looks for news before it sleeps: about a millisecond, as waking may take a tenth of that. */
    private static final int LOOKS = 20_000;

    private final Thread[] helpers;
    private volatile Job current = new Job(0, null, null);
    private volatile boolean closed;

    private static final class Job {
        final int count;
        final Task task;
        final Thread caller;
        final AtomicInteger next = new AtomicInteger();
        final AtomicInteger left;
        volatile Throwable failure;

        Job(int count, Task task, Thread caller) {
            this.count = count;
            this.task = task;
            this.caller = caller;
            this.left = new AtomicInteger(count);
        }

        void work(int worker) {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    if (failure == null) {
                        task.run(worker, i);
                    }
                } catch (Throwable t) {
                    failure = t; // any of several: the caller hears of one
                }
                if (left.decrementAndGet() == 0) {
                    LockSupport.unpark(caller);
                }
            }
        }

        boolean isDone() {
            return left.get() == 0;
        }
    }

    /**
     * @param workers threads in all, the caller's among them
     * @param atStart what each helper does first
     */
    ThreadPool(String name, int workers, Runnable atStart) {
        this.helpers = new Thread[workers - 1];
        for (int i = 0; i < helpers.length; i++) {
            int worker = i + 1;
            helpers[i] = new Thread(() -> help(worker, atStart), name + "-" + worker);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    int workers() {
        return helpers.length + 1;
    }

    /** Runs tasks 0 to count - 1 and waits for all; always from the same thread. An exception of a task is thrown on. */
    void forEach(int count, Task task) {
        Job job = new Job(count, task, Thread.currentThread());
        if (count > 1 && helpers.length > 0) {
            current = job;
            for (int i = 0; i < Math.min(count - 1, helpers.length); i++) {
                LockSupport.unpark(helpers[i]);
            }
        }
        job.work(0);
        for (int looks = 0; !job.isDone(); looks++) {
            if (looks < LOOKS) {
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

    private void help(int worker, Runnable atStart) {
        atStart.run();
        Job last = null;
        int looks = 0;
        while (!closed) {
            Job job = current;
            if (job != last) {
                job.work(worker);
                last = job;
                looks = 0;
            } else if (looks++ < LOOKS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
    }

    /** Ends the helpers; no tasks may be running. */
    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
