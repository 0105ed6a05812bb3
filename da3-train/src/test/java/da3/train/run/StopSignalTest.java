package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import da3.files.PartialOutput;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that saves its work when it is told to end. */
class StopSignalTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void whatIsSavedAfterTheSignalIsKept() throws IOException, InterruptedException {
        Path saved = folder.resolve("saved.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StopSignalTest.class.getName(),
                        saved.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("ready");
            process.destroy(); // SIGTERM
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(saved).hasContent("all of it");
        assertThat(folder).isDirectoryContaining(path -> path.equals(saved)).isDirectoryNotContaining("glob:**.part");
    }

    /** The process: saves to a file once it is told to end, long after other hooks had their turn. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (PartialOutput abandoned =
                        PartialOutput.beside(Path.of(arguments[0]).resolveSibling("other.txt"));
                StopSignal stop = new StopSignal()) {
            Files.writeString(abandoned.path(), "half");
            System.out.println("ready");
            while (!stop.getAsBoolean()) {
                Thread.sleep(10);
            }
            Thread.sleep(500);
            try (PartialOutput output = PartialOutput.beside(Path.of(arguments[0]))) {
                Files.writeString(output.path(), "all of it");
                output.commit();
            }
        }
    }
}
