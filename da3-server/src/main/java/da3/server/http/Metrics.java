package da3.server.http;

import da3.server.tasks.Task;
import da3.server.tasks.TaskService;
import da3.server.tasks.TaskStatus;
import io.javalin.http.Context;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Figures for Prometheus. Source: its text exposition format, version 0.0.4. */
final class Metrics {

    private static final System.Logger LOG = System.getLogger(Metrics.class.getName());

    /** Upper bounds of the histogram, in seconds. */
    private static final double[] BOUNDS = {0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600};

    private static final Path MEMORY = Path.of("/proc/self/status");

    private final TaskService tasks;
    private final Map<Integer, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final Set<UUID> followed = new HashSet<>();
    private final long[] counts = new long[BOUNDS.length + 1];
    private final long[] ended = new long[TaskStatus.values().length];
    private double seconds;

    Metrics(TaskService tasks) {
        this.tasks = tasks;
    }

    List<Route> routes() {
        return List.of(Route.guarded("GET", "/metrics", this::answer));
    }

    void answered(int status) {
        requests.computeIfAbsent(status, code -> new LongAdder()).increment();
    }

    /** A new task, which it counts once when it ends. */
    void follow(Task task) {
        synchronized (this) {
            followed.add(task.id());
        }
        try {
            tasks.watch(task.id(), this::told);
        } catch (NoSuchElementException e) {
            LOG.log(Level.DEBUG, "a task was gone before it was counted", e);
        }
    }

    private synchronized void told(Task task) {
        if (task.status().ended() && followed.remove(task.id())) {
            ended[task.status().ordinal()]++;
            task.processingTime().ifPresent(this::observe);
        }
    }

    private void observe(Duration time) {
        double taken = time.toNanos() / 1e9;
        int bucket = Arrays.binarySearch(BOUNDS, taken);
        counts[bucket < 0 ? -bucket - 1 : bucket]++;
        seconds += taken;
    }

    private void answer(Context ctx) throws IOException {
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8")
                .header("Cache-Control", "no-store")
                .result(text());
    }

    private synchronized String text() throws IOException {
        StringBuilder text = new StringBuilder();
        family(text, "da3_tasks", "gauge", "Tasks that are known, by status.");
        List<Task> all = tasks.tasks();
        for (TaskStatus status : TaskStatus.values()) {
            long count = all.stream().filter(task -> task.status() == status).count();
            sample(text, "da3_tasks{status=\"" + status.id() + "\"}", count);
        }
        family(text, "da3_tasks_ended_total", "counter", "Tasks of this process that have ended, by status.");
        for (TaskStatus status : TaskStatus.values()) {
            if (status.ended()) {
                sample(text, "da3_tasks_ended_total{status=\"" + status.id() + "\"}", ended[status.ordinal()]);
            }
        }
        family(text, "da3_queue_length", "gauge", "Tasks that wait.");
        sample(text, "da3_queue_length", tasks.queueLength());
        family(text, "da3_queue_capacity", "gauge", "Tasks that may wait.");
        sample(text, "da3_queue_capacity", tasks.settings().queueCapacity());
        histogram(text);
        family(text, "da3_http_requests_total", "counter", "Answered requests, by status.");
        requests.forEach((code, count) -> sample(text, "da3_http_requests_total{code=\"" + code + "\"}", count.sum()));
        family(text, "process_resident_memory_bytes", "gauge", "Memory that the process holds.");
        sample(text, "process_resident_memory_bytes", residentBytes());
        family(text, "jvm_memory_heap_used_bytes", "gauge", "Of it, objects of the JVM.");
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
        family(text, name, "histogram", "How long tasks ran.");
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

    /** 0 where the system does not tell. */
    private static long residentBytes() throws IOException {
        if (!Files.isReadable(MEMORY)) {
            return 0;
        }
        for (String line : Files.readAllLines(MEMORY)) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }
}
