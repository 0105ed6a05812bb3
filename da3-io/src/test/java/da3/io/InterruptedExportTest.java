package da3.io;

import static org.assertj.core.api.Assertions.assertThat;

import da3.files.TestProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedExportTest {

    @TempDir
    private Path folder;

    @Test
    void aTerminatedProcessLeavesNoTemporaryFile() throws Exception {
        TestProcess.terminate(ExportSlowly.class, folder.resolve("first"), "begun", () -> assertThat(
                        folder.toFile().list())
                .hasSize(2));
        assertThat(folder).isEmptyDirectory();
    }
}
