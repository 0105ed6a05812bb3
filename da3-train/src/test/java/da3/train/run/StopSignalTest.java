package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import da3.files.PartialOutput;
import da3.files.TestProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that saves its work when it receives a signal. */
class StopSignalTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void whatIsSavedAfterTheSignalIsKept() throws IOException, InterruptedException {
        Path saved = folder.resolve("saved.txt");
        int status = TestProcess.terminate(StopSignalTest.class, saved, "ready", () -> {});
        assertThat(status).isEqualTo(143);
        assertThat(saved).hasContent("all of it");
        assertThat(folder).isDirectoryContaining(path -> path.equals(saved)).isDirectoryNotContaining("glob:**.part");
    }

    /** The process, which saves to a file after the signal, long after other shutdown hooks have run. */
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
