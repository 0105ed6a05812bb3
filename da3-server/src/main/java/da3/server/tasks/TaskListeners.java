package da3.server.tasks;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Who wants to know of a task. Whoever tells never waits for who listens: a slow listener misses states between. */
final class TaskListeners {

    private static final System.Logger LOG = System.getLogger(TaskListeners.class.getName());

    private final Executor executor;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    TaskListeners(Executor executor) {
        this.executor = executor;
    }

    void tell(Task task) {
        watchers.forEach(watcher -> watcher.tell(task));
    }

    /** @param now what the listener is told first */
    AutoCloseable add(Consumer<Task> listener, Task now) {
        Watcher watcher = new Watcher(listener);
        watchers.add(watcher);
        watcher.tell(now);
        return watcher;
    }

    /** One listener, and the newest state that it has not been told. */
    private final class Watcher implements AutoCloseable, Runnable {

        private final Consumer<Task> listener;
        private final AtomicReference<Task> newest = new AtomicReference<>();
        private final AtomicBoolean scheduled = new AtomicBoolean();

        Watcher(Consumer<Task> listener) {
            this.listener = listener;
        }

        void tell(Task task) {
            newest.set(task);
            if (scheduled.compareAndSet(false, true)) {
                boolean queued = false;
                try {
                    executor.execute(this);
                    queued = true;
                } finally {
                    if (!queued) { // there may be no memory for a thread
                        scheduled.set(false);
                    }
                }
            }
        }

        @Override
        public void run() {
            do {
                for (Task task = newest.getAndSet(null); task != null; task = newest.getAndSet(null)) {
                    listen(task);
                }
                scheduled.set(false);
            } while (newest.get() != null && scheduled.compareAndSet(false, true)); // what came in between
        }

        private void listen(Task task) {
            try {
                if (watchers.contains(this)) {
                    listener.accept(task);
                }
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "a listener failed and is told no more", e);
                close();
            }
        }

        @Override
        public void close() {
            watchers.remove(this);
        }
    }
}
