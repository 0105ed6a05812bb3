package da3.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.server.tasks.Task;
import da3.server.tasks.TaskService;
import da3.server.wire.MapJson;
import da3.streaming.MapChanges;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Task updates as server-sent events. Each event has the complete task, so clients may miss some. For a running stream, an
 * event follows with what changed in its map since the last one of this connection.
 */
final class TaskEvents {

    private static final Duration MAX_PING_INTERVAL = Duration.ofSeconds(15);
    private static final String PING = ": ping\n\n";

    private final TaskService tasks;
    private final Duration pingInterval;
    private final ConcurrencyLimit limit;
    private final Set<LatestTask> open = ConcurrentHashMap.newKeySet();

    TaskEvents(TaskService tasks, ServerSettings settings) {
        this.tasks = tasks;
        Duration half = settings.idleTimeout().dividedBy(2); // keeps connections from timing out
        this.pingInterval = half.compareTo(MAX_PING_INTERVAL) < 0 ? half : MAX_PING_INTERVAL;
        this.limit = new ConcurrencyLimit(settings.maxEventStreams(), "event streams");
    }

    List<Route> routes() {
        return List.of(Route.guarded("GET", "/task/{id}/events", limit.limit(this::stream)));
    }

    private void stream(Context ctx) throws Exception {
        LatestTask latest = new LatestTask();
        open.add(latest);
        try (AutoCloseable listener = TaskIds.call(ctx, 409, id -> tasks.addListener(id, latest::put))) {
            ctx.contentType("text/event-stream")
                    .header("Cache-Control", "no-store")
                    .header("X-Accel-Buffering", "no");
            if (ctx.method().equals(HandlerType.HEAD)) {
                return;
            }
            OutputStream out = ctx.res().getOutputStream();
            long mapVersion = 0;
            while (!latest.closed()) {
                Task task = latest.take(pingInterval);
                out.write((task == null ? PING : event("task", TaskJson.of(task))).getBytes(StandardCharsets.UTF_8));
                Optional<MapChanges> changes = changes(TaskIds.of(ctx), mapVersion);
                if (changes.isPresent()) {
                    mapVersion = changes.get().version();
                    out.write(event("map", MapJson.of(changes.get())).getBytes(StandardCharsets.UTF_8));
                }
                out.flush();
                if (task != null && task.status().ended()) {
                    return;
                }
            }
        } finally {
            open.remove(latest);
        }
    }

    private static String event(String name, ObjectNode data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    /** Returns the changes of the map of a running stream after a version, if there are any. */
    private Optional<MapChanges> changes(UUID id, long version) {
        try {
            return tasks.liveMap(id).map(map -> map.changesSince(version)).filter(it -> it.version() > version);
        } catch (NoSuchElementException e) {
            return Optional.empty(); // deleted in the meantime
        }
    }

    /** Ends all streams. */
    void close() {
        open.forEach(LatestTask::close);
    }

    /** The latest state of a task that has not been sent yet. */
    private static final class LatestTask {

        private Task task;
        private boolean closed;

        synchronized void put(Task latest) {
            task = latest;
            notifyAll();
        }

        synchronized void close() {
            closed = true;
            notifyAll();
        }

        synchronized boolean closed() {
            return closed;
        }

        /** Waits for a new state; returns null after a timeout or once closed. */
        synchronized Task take(Duration timeout) throws InterruptedException {
            long end = System.nanoTime() + timeout.toNanos();
            for (long left = timeout.toMillis(); task == null && !closed && left > 0; ) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
            Task result = task;
            task = null;
            return result;
        }
    }
}
