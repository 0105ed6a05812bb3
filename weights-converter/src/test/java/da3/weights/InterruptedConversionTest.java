package da3.weights;

import static org.assertj.core.api.Assertions.assertThat;

import da3.files.TestProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptedConversionTest {

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"m.safetensors", "folder"})
    void aTerminatedProcessLeavesNoFiles(String target) throws Exception {
        TestProcess.terminate(ConvertSlowly.class, dir.resolve(target), "begun", () -> assertThat(
                        dir.toFile().list())
                .hasSize(1));
        assertThat(entries()).isEmpty();
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.toList();
        }
    }
}
