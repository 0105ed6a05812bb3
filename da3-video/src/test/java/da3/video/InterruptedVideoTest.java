package da3.video;

import static org.assertj.core.api.Assertions.assertThat;

import da3.files.TestProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedVideoTest {

    @TempDir
    private Path folder;

    @Test
    void aTerminatedProcessLeavesNoTemporaryFile() throws Exception {
        TestProcess.terminate(FilmSlowly.class, folder.resolve("video.mp4"), "begun", () -> assertThat(
                        folder.toFile().list())
                .hasSize(1));
        assertThat(folder).isEmptyDirectory();
    }
}
