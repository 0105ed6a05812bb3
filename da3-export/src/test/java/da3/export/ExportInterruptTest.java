package da3.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that an interrupt ends exports that can take minutes. */
class ExportInterruptTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"MESH_PLY", "MESH_GLB", "GS_VIDEO", "FEAT_VIS"})
    void interruptEndsALongExport(ExportFormat format) throws Exception {
        Export export = SampleExport.to(folder);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> format.write(export)).isInstanceOf(CancellationException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            assertThat(paths).noneMatch(path -> path.toString().matches(".*\\.(ply|glb|mp4|part)"));
        }
    }
}
