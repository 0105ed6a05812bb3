package da3.server.http;

import da3.core.ProcessMemory;
import da3.server.tasks.Task;
import da3.server.tasks.TaskService;
import da3.server.tasks.TaskStatus;
import io.javalin.http.Context;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Metrics for Prometheus. Source: text exposition format, version 0.0.4. */
final class Metrics {

    private static final System.Logger LOG = System.getLogger(Metrics.class.getName());

    /** Upper bounds of the histogram, in seconds. */
    private static final double[] BOUNDS = {0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600};

    private final TaskService tasks;
    private final Map<Integer, LongAdder> responses = new ConcurrentSkipListMap<>();
    private final Set<UUID> tracked = new HashSet<>();
    private final long[] counts = new long[BOUNDS.length + 1];
    private final long[] ended = new long[TaskStatus.values().length];
    private double seconds;

    Metrics(TaskService tasks) {
        this.tasks = tasks;
    }

    List<Route> routes() {
        return List.of(Route.guarded("GET", "/metrics", this::metrics));
    }

    void countResponse(int status) {
        responses.computeIfAbsent(status, code -> new LongAdder()).increment();
    }

    /** Counts a new task once it has ended. */
    void track(Task task) {
        synchronized (this) {
            tracked.add(task.id());
        }
        try {
            tasks.addListener(task.id(), this::taskChanged);
        } catch (NoSuchElementException e) {
            LOG.log(Level.DEBUG, "a task was deleted before it was counted", e);
        }
    }

    private synchronized void taskChanged(Task task) {
        if (task.status().ended() && tracked.remove(task.id())) {
            ended[task.status().ordinal()]++;
            task.processingTime().ifPresent(this::observe);
        }
    }

    private void observe(Duration time) {
        double elapsed = time.toNanos() / 1e9;
        int bucket = Arrays.binarySearch(BOUNDS, elapsed);
        counts[bucket < 0 ? -bucket - 1 : bucket]++;
        seconds += elapsed;
    }

    private void metrics(Context ctx) {
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8")
                .header("Cache-Control", "no-store")
                .result(text());
    }

    private synchronized String text() {
        StringBuilder text = new StringBuilder();
        family(text, "da3_tasks", "gauge", "Tasks by status.");
        List<Task> all = tasks.tasks();
        for (TaskStatus status : TaskStatus.values()) {
            long count = all.stream().filter(task -> task.status() == status).count();
            sample(text, "da3_tasks{status=\"" + status.id() + "\"}", count);
        }
        family(
                text,
                "da3_tasks_ended_total",
                "counter",
                "Tasks that have ended since the start of the process, by status.");
        for (TaskStatus status : TaskStatus.values()) {
            if (status.ended()) {
                sample(text, "da3_tasks_ended_total{status=\"" + status.id() + "\"}", ended[status.ordinal()]);
            }
        }
        family(text, "da3_queue_length", "gauge", "Tasks that are waiting.");
        sample(text, "da3_queue_length", tasks.queueLength());
        family(text, "da3_queue_capacity", "gauge", "Maximum number of waiting tasks.");
        sample(text, "da3_queue_capacity", tasks.settings().queueCapacity());
        histogram(text);
        family(text, "da3_http_requests_total", "counter", "Responses by HTTP status.");
        responses.forEach((code, count) -> sample(text, "da3_http_requests_total{code=\"" + code + "\"}", count.sum()));
        family(text, "process_resident_memory_bytes", "gauge", "Resident memory of the process.");
        sample(text, "process_resident_memory_bytes", ProcessMemory.resident().orElse(0));
        family(text, "jvm_memory_heap_used_bytes", "gauge", "Used memory of the Java heap.");
        sample(
                text,
                "jvm_memory_heap_used_bytes",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        family(text, "process_threads", "gauge", "Threads of the process.");
        sample(text, "process_threads", ManagementFactory.getThreadMXBean().getThreadCount());
        return text.toString();
    }

    private void histogram(StringBuilder text) {
        String name = "da3_task_seconds";
        family(text, name, "histogram", "Processing time of tasks.");
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            below += counts[i];
            String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
            sample(text, name + "_bucket{le=\"" + bound + "\"}", below);
        }
        text.append(String.format(Locale.ROOT, "%s_sum %.6f\n", name, seconds));
        sample(text, name + "_count", below);
    }

    private static void family(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void sample(StringBuilder text, String name, long value) {
        text.append(name).append(' ').append(value).append('\n');
    }
}
