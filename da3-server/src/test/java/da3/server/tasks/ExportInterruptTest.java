package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.core.Request;
import da3.export.Export;
import da3.export.ExportFormat;
import da3.export.ExportOptions;
import da3.geometry.Image;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportInterruptTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"MESH_PLY", "MESH_GLB"})
    void interruptEndsALongExport(ExportFormat format) throws Exception {
        Request request = Request.of(List.of(new Image(1, 1, new byte[3])));
        Export export = Export.of(FakeModel.prediction(1), request, List.of("a.png"), folder, ExportOptions.defaults());
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> format.write(export)).isInstanceOf(CancellationException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
