package da3.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the main method of a test class in a separate process, with the class path of this process. */
public final class TestProcess {

    private TestProcess() {}

    public static Process start(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /**
     * Starts a process, sends it SIGTERM once it has printed a line, and returns its exit status.
     *
     * @param line expected first line of the output
     * @param check runs before the signal is sent
     */
    public static int terminate(Class<?> program, Path argument, String line, Runnable check)
            throws IOException, InterruptedException {
        Process process = start(program, argument.toString());
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo(line);
            check.run();
            process.destroy(); // SIGTERM
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue();
    }
}
