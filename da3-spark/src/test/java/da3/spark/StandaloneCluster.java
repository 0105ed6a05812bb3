package da3.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A cluster of one master and two workers, started by {@code cluster/standalone.sh}. */
final class StandaloneCluster implements AutoCloseable {

    private static final String SCRIPT = "cluster/standalone.sh";

    private final Path directory;
    private final String master;

    private StandaloneCluster(Path directory, String master) {
        this.directory = directory;
        this.master = master;
    }

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    static StandaloneCluster start(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        return new StandaloneCluster(directory, script("start", directory).strip());
    }

    private static String script(String command, Path directory) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", SCRIPT, command, directory.toString());
        builder.environment().put("CLASSPATH", classPath());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Path output = directory.resolve(command + ".out"); // daemons inherit the streams, so that a pipe would stay open
        builder.redirectOutput(output.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** Returns the address of the master, {@code spark://...}. */
    String master() {
        return master;
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
            script("stop", directory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
