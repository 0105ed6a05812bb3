package da3.server.tasks;

import da3.geometry.check.Check;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** All tasks of a service. Removing a task also deletes its files. */
final class TaskRegistry {

    private static final System.Logger LOG = System.getLogger(TaskRegistry.class.getName());

    private final TaskStore store;
    private final TaskSettings settings;
    private final Map<UUID, TaskEntry> entries = new ConcurrentHashMap<>();

    TaskRegistry(TaskStore store, TaskSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** Adds a task that is already saved. */
    void add(TaskEntry entry) {
        entries.put(entry.task().id(), entry);
    }

    /** Saves and adds a new task; deletes its files if that fails. */
    void save(TaskEntry entry) throws IOException {
        boolean saved = false;
        try {
            store.save(entry.task());
            saved = true;
        } finally {
            if (!saved) {
                store.remove(entry.task().id());
            }
        }
        add(entry);
    }

    Optional<TaskEntry> find(UUID id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** @throws NoSuchElementException if there is no such task */
    TaskEntry entry(UUID id) {
        return find(id).orElseThrow(() -> notFound(id));
    }

    Collection<TaskEntry> entries() {
        return entries.values();
    }

    /** Removes a task in any state. */
    void remove(UUID id) throws IOException {
        entries.remove(id);
        store.remove(id);
    }

    /**
     * Removes an ended task.
     *
     * @throws NoSuchElementException if there is no such task
     * @throws IllegalStateException if it is pending or running
     */
    void delete(UUID id) throws IOException {
        TaskEntry entry = entry(id);
        Task task = entry.task();
        if (!task.status().ended()) {
            throw new IllegalStateException(
                    Check.message("task " + id, "ended", task.status().id()));
        }
        if (!entries.remove(id, entry)) {
            throw notFound(id);
        }
        store.remove(id);
    }

    /** Removes ended tasks that are too old, too many or too large, and returns their number. */
    int prune(Instant now) {
        int removed = 0;
        for (TaskEntry entry : Retention.toRemove(entries.values(), settings, now)) {
            UUID id = entry.task().id();
            try {
                if (entry.retire() && entries.remove(id, entry)) {
                    store.remove(id);
                    removed++;
                }
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot remove task " + id, e);
            }
        }
        return removed;
    }

    static NoSuchElementException notFound(UUID id) {
        return new NoSuchElementException("no such task: " + id);
    }
}
