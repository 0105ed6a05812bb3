package da3.bench;

import da3.export.ExportFormat;
import da3.geometry.check.Check;
import da3.server.client.BackendClient;
import da3.server.client.BackendException;
import da3.server.client.BackendOptions;
import da3.server.client.BackendTask;
import da3.server.wire.TaskOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A load test of a running service, with clients that repeatedly upload the same photos and wait for the end of each
 * task: {@code ServiceLoad URL PHOTO... [--clients 4] [--minutes 5] [--resolution 112] [--formats mini_npz-glb]}. It
 * prints throughput, latency and failures, and the memory of the service every ten seconds; it fails if a task failed
 * or was lost. The environment variable {@code DA3_TOKEN} can contain a token.
 */
public final class ServiceLoad {

    private static final Duration MEMORY_INTERVAL = Duration.ofSeconds(10);
    private static final String MEMORY = "process_resident_memory_bytes ";

    private final URI url;
    private final Optional<String> token = Optional.ofNullable(System.getenv("DA3_TOKEN"));
    private final List<Path> photos;
    private final BackendOptions options;
    private final long end;

    private final List<Double> seconds = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    private ServiceLoad(URI url, List<Path> photos, BackendOptions options, Duration time) {
        this.url = url;
        this.photos = photos;
        this.options = options;
        this.end = System.nanoTime() + time.toNanos();
    }

    public static void main(String[] arguments) throws Exception {
        List<String> given = new ArrayList<>(List.of(arguments));
        int clients = Integer.parseInt(option(given, "--clients", "4"));
        double minutes = Double.parseDouble(option(given, "--minutes", "5"));
        int resolution = Integer.parseInt(option(given, "--resolution", "112"));
        List<ExportFormat> formats = ExportFormat.parse(option(given, "--formats", "mini_npz-glb"));
        if (given.size() < 2) {
            throw Check.invalid(
                    "arguments",
                    "URL PHOTO... [--clients N] [--minutes M] [--resolution PIXELS] [--formats FORMATS]",
                    String.join(" ", arguments));
        }
        List<Path> photos =
                given.subList(1, given.size()).stream().map(Path::of).toList();
        BackendOptions options = BackendOptions.of(
                TaskOptions.defaults().withJob(job -> job.formats(formats).inference(o -> o.resolution(resolution))));
        Duration time = Duration.ofMillis((long) (minutes * 60_000));
        new ServiceLoad(URI.create(given.get(0)), photos, options, time).run(clients);
    }

    private static String option(List<String> given, String name, String defaultValue) {
        int at = given.indexOf(name);
        if (at < 0) {
            return defaultValue;
        }
        if (at + 1 == given.size()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        given.remove(at);
        return given.remove(at);
    }

    private void run(int clients) throws Exception {
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(this::client, "client " + i);
            thread.start();
            threads.add(thread);
        }
        List<Long> memory = new ArrayList<>();
        while (System.nanoTime() < end) {
            Thread.sleep(MEMORY_INTERVAL.toMillis());
            memory.add(residentBytes());
            System.err.printf(
                    Locale.ROOT,
                    "%4d s  %5d tasks  %7.1f MB%n",
                    (System.nanoTime() - start) / 1_000_000_000,
                    seconds.size(),
                    memory.get(memory.size() - 1) / 1e6);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        report((System.nanoTime() - start) / 1e9, memory);
    }

    private void client() {
        BackendClient service = new BackendClient(url, token);
        try {
            while (System.nanoTime() < end) {
                try {
                    long start = System.nanoTime();
                    UUID id = service.upload(photos, options);
                    BackendTask task = service.follow(id, state -> {});
                    if (task.completed()) {
                        seconds.add((System.nanoTime() - start) / 1e9);
                    } else {
                        failed(task.error().orElse(task.status()));
                    }
                    service.delete(id);
                } catch (BackendException e) {
                    if (e.status() != 429) {
                        throw e;
                    }
                    refused.incrementAndGet();
                    Thread.sleep(e.retryAfter().orElse(Duration.ofSeconds(1)).toMillis());
                }
            }
        } catch (IOException e) {
            failed(e.getMessage());
        } catch (InterruptedException e) {
            failed("interrupted");
        }
    }

    private void failed(String reason) {
        failures.incrementAndGet();
        System.err.println("failed: " + reason);
    }

    private long residentBytes() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve("/metrics"));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(MEMORY))
                .mapToLong(line -> Long.parseLong(line.substring(MEMORY.length())))
                .findFirst()
                .orElse(0);
    }

    private void report(double elapsed, List<Long> memory) {
        List<Double> sorted = seconds.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "tasks        %d in %.0f s, %.2f per second%n",
                sorted.size(),
                elapsed,
                sorted.size() / elapsed);
        if (!sorted.isEmpty()) {
            System.out.printf(
                    Locale.ROOT,
                    "latency      median %.2f s, 95th percentile %.2f s, longest %.2f s%n",
                    sorted.get(sorted.size() / 2),
                    sorted.get((int) (0.95 * (sorted.size() - 1))),
                    sorted.get(sorted.size() - 1));
        }
        System.out.printf("queue full   %d times%n", refused.get());
        System.out.printf("failures     %d%n", failures.get());
        if (memory.size() > 1) {
            int half = memory.size() / 2;
            System.out.printf(
                    Locale.ROOT,
                    "memory       first half at most %.1f MB, second half at most %.1f MB%n",
                    Collections.max(memory.subList(0, half)) / 1e6,
                    Collections.max(memory.subList(half, memory.size())) / 1e6);
        }
        if (failures.get() > 0) {
            throw new IllegalStateException(failures.get() + " tasks failed or were lost");
        }
    }
}
