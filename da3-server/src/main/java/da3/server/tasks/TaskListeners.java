package da3.server.tasks;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The listeners of a task. Publishing never blocks: a slow listener misses intermediate states. */
final class TaskListeners {

    private static final System.Logger LOG = System.getLogger(TaskListeners.class.getName());

    private final Executor executor;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    TaskListeners(Executor executor) {
        this.executor = executor;
    }

    /** Passes a state to all listeners. */
    void publish(Task task) {
        subscriptions.forEach(subscription -> subscription.publish(task));
    }

    /**
     * Adds a listener, until the result is closed.
     *
     * @param current first state that the listener receives
     */
    AutoCloseable add(Consumer<Task> listener, Task current) {
        Subscription subscription = new Subscription(listener);
        subscriptions.add(subscription);
        subscription.publish(current);
        return subscription;
    }

    /** A listener with the latest state that it has not received yet. */
    private final class Subscription implements AutoCloseable, Runnable {

        private final Consumer<Task> listener;
        private final AtomicReference<Task> latest = new AtomicReference<>();
        private final AtomicBoolean scheduled = new AtomicBoolean();

        Subscription(Consumer<Task> listener) {
            this.listener = listener;
        }

        void publish(Task task) {
            latest.set(task);
            if (scheduled.compareAndSet(false, true)) {
                boolean queued = false;
                try {
                    executor.execute(this);
                    queued = true;
                } finally {
                    if (!queued) { // for instance if memory for a thread is lacking
                        scheduled.set(false);
                    }
                }
            }
        }

        @Override
        public void run() {
            do {
                for (Task task = latest.getAndSet(null); task != null; task = latest.getAndSet(null)) {
                    listen(task);
                }
                scheduled.set(false);
            } while (latest.get() != null
                    && scheduled.compareAndSet(false, true)); // a state was published in the meantime
        }

        private void listen(Task task) {
            try {
                if (subscriptions.contains(this)) {
                    listener.accept(task);
                }
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "a listener failed and is removed", e);
                close();
            }
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }
}
