package da3.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;

/** A cluster of one master and two workers, started by {@code cluster/standalone.sh}. */
final class StandaloneCluster implements AutoCloseable {

    private static final String SCRIPT = "cluster/standalone.sh";

    private final Path directory;
    private final String master;

    private StandaloneCluster(Path directory, String master) {
        this.directory = directory;
        this.master = master;
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    static StandaloneCluster start(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        StandaloneCluster cluster = new StandaloneCluster(directory, "spark://127.0.0.1:" + port);
        try {
            cluster.script("start", Integer.toString(port));
            return cluster;
        } catch (IOException | InterruptedException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private void script(String command, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("bash", SCRIPT, command, directory.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        builder.environment().put("CLASSPATH", classPath());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** Returns a session whose driver is this JVM. */
    SparkSession session() {
        return SparkSession.builder()
                .master(master)
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.executor.memory", "900m")
                .config("spark.executor.extraClassPath", classPath())
                .getOrCreate();
    }

    /** Kills a worker and its executors, as a machine that loses its power. */
    void kill(int worker) throws IOException {
        long pid = Long.parseLong(
                Files.readString(directory.resolve("worker-" + worker + ".pid")).strip());
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> executors = process.descendants().toList();
        assertThat(executors).isNotEmpty();
        process.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() throws IOException {
        try {
            script("stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
