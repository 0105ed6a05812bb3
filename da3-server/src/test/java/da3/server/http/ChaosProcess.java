package da3.server.http;

import da3.server.tasks.TaskSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A service in a separate process with a small heap and a small untrained model, which can be killed and restarted. */
final class ChaosProcess implements AutoCloseable {

    private final Path workspace;
    private final Path log;
    private final String heap;
    private Process process;
    private volatile int port;

    ChaosProcess(Path workspace, Path log, String heap) throws IOException {
        this.workspace = workspace;
        this.log = log;
        this.heap = heap;
        start();
    }

    /** Runs the service: prints its port, and exits at the end of standard input. */
    public static void main(String[] args) throws Exception {
        TaskSettings tasks = TaskSettings.of(Path.of(args[0]))
                .withQueueCapacity(4)
                .withTimeLimit(Duration.ofSeconds(30))
                .withKeepTasks(1_000_000);
        ServerSettings settings = ServerSettings.defaults()
                .withMaxBodyBytes(24_000_000)
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(10));
        try (ServiceFixture service = ServiceFixture.start(tasks, settings, ServiceFixture.small())) {
            service.model().warmUp();
            System.out.println(service.port());
            while (System.in.read() >= 0) {
                // input is ignored
            }
        }
        System.exit(0); // also ends tasks that are still running
    }

    /** Kills the process, and starts another one with the same workspace. */
    void killAndStart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        start();
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Resident memory in megabytes, threads and open files; 0 on systems without procfs. */
    record Figures(long megabytes, long threads, long files) {

        @Override
        public String toString() {
            return megabytes + " MB, " + threads + " threads, " + files + " files open";
        }
    }

    Figures figures() throws IOException {
        Path of = Path.of("/proc", Long.toString(process.pid()));
        if (!Files.isDirectory(of)) {
            return new Figures(0, 0, 0);
        }
        long kilobytes = 0;
        long threads = 0;
        for (String line : Files.readAllLines(of.resolve("status"))) {
            kilobytes = line.startsWith("VmRSS:") ? Long.parseLong(line.replaceAll("\\D", "")) : kilobytes;
            threads = line.startsWith("Threads:") ? Long.parseLong(line.replaceAll("\\D", "")) : threads;
        }
        try (Stream<Path> files = Files.list(of.resolve("fd"))) {
            return new Figures(kilobytes / 1000, threads, files.count());
        }
    }

    private void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:+UseSerialGC",
                        "-Djdk.nio.maxCachedBufferSize=262144",
                        "-Dorg.nd4j.log.initialization=false",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChaosProcess.class.getName(),
                        workspace.toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.matches("\\d+")) {
                port = Integer.parseInt(line);
                return;
            }
        }
        throw new IOException("the service did not start:\n" + Files.readString(log));
    }

    /** Stops the service normally. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
