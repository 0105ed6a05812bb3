package da3.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Records which tasks the service has acknowledged, and counts its responses. */
final class ChaosLedger {

    private final List<UUID> acknowledged = new ArrayList<>();
    private final Set<UUID> mayBeDeleted = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> counts = new TreeMap<>();
    private volatile boolean open = true;

    boolean isOpen() {
        return open;
    }

    void close() {
        open = false;
    }

    void countResponse(int status) {
        count(Integer.toString(status));
    }

    synchronized void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    synchronized void acknowledged(UUID task) {
        acknowledged.add(task);
    }

    void mayBeDeleted(UUID task) {
        mayBeDeleted.add(task);
    }

    /** Returns a recent task; null if there is none. */
    synchronized UUID any(Random random) {
        int recent = Math.min(20, acknowledged.size());
        return recent == 0 ? null : acknowledged.get(acknowledged.size() - 1 - random.nextInt(recent));
    }

    /** Returns the tasks that the service must still have. */
    synchronized List<UUID> mustBeKnown() {
        return acknowledged.stream().filter(id -> !mayBeDeleted.contains(id)).toList();
    }
}
