package da3.server.http;

import da3.server.tasks.Task;
import da3.server.tasks.TaskService;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How a task comes along, as server-sent events: every one its whole state, so that a client may miss some. */
final class TaskEvents {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);
    private static final String PING = ": ping\n\n";

    private final TaskService tasks;
    private final Duration silence;
    private final ConcurrencyLimit slots;
    private final Set<Newest> open = ConcurrentHashMap.newKeySet();

    TaskEvents(TaskService tasks, ServerSettings settings) {
        this.tasks = tasks;
        Duration half = settings.idleTimeout().dividedBy(2); // a connection that is silent for longer is cut
        this.silence = half.compareTo(LONGEST_SILENCE) < 0 ? half : LONGEST_SILENCE;
        this.slots = new ConcurrencyLimit(settings.maxEventStreams(), "streams of events");
    }

    List<Route> routes() {
        return List.of(Route.guarded("GET", "/task/{id}/events", slots.around(this::stream)));
    }

    private void stream(Context ctx) throws Exception {
        Newest newest = new Newest();
        open.add(newest);
        try (AutoCloseable watch = TaskIds.ask(ctx, 409, id -> tasks.watch(id, newest::put))) {
            ctx.contentType("text/event-stream")
                    .header("Cache-Control", "no-store")
                    .header("X-Accel-Buffering", "no");
            if (ctx.method().equals(HandlerType.HEAD)) {
                return;
            }
            OutputStream out = ctx.res().getOutputStream();
            while (!newest.closed()) {
                Task task = newest.take(silence);
                String event = task == null ? PING : "event: task\ndata: " + TaskJson.of(task) + "\n\n";
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.flush();
                if (task != null && task.status().ended()) {
                    return;
                }
            }
        } finally {
            open.remove(newest);
        }
    }

    /** Ends all streams; clients may come back to another process. */
    void close() {
        open.forEach(Newest::close);
    }

    /** The last state that was told and not taken yet. */
    private static final class Newest {

        private Task task;
        private boolean closed;

        synchronized void put(Task newest) {
            task = newest;
            notifyAll();
        }

        synchronized void close() {
            closed = true;
            notifyAll();
        }

        synchronized boolean closed() {
            return closed;
        }

        /** Null where nothing has changed for that long, or it was closed. */
        synchronized Task take(Duration atMost) throws InterruptedException {
            long end = System.nanoTime() + atMost.toNanos();
            for (long left = atMost.toMillis(); task == null && !closed && left > 0; ) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
            Task taken = task;
            task = null;
            return taken;
        }
    }
}
