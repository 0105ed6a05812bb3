package da3.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Scene;
import da3.geometry.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that every format writes exactly the files that it returns, all within its results. */
class WrittenFilesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void writtenFilesAreReturned(ExportFormat format) throws IOException {
        List<Path> results = format.resultsIn(folder);
        List<Path> files = format.write(SampleExport.to(folder));
        assertThat(files).isNotEmpty().doesNotHaveDuplicates().allMatch(file -> results.stream()
                .anyMatch(file::startsWith));
        assertThat(results).allMatch(Files::exists);
        assertThat(files()).containsExactlyInAnyOrderElementsOf(files);
    }

    @ParameterizedTest
    @CsvSource({
        "GS_PLY, 'gs_ply'",
        "GS_VIDEO, 'gs_video'",
        "COLMAP, 'view 0 has no camera'",
        "COLMAP_TEXT, 'view 0 has no camera'",
        "TUM, 'view 0 has no camera'",
        "KITTI, 'view 0 has no camera'"
    })
    void exportsWithoutRequiredCamerasOrGaussiansWriteNoFile(ExportFormat format, String message) throws IOException {
        View view = SampleExport.SCENE.view(0);
        View withoutCamera = new View(view.image(), view.depth(), view.confidence(), Optional.empty());
        Scene scene = new Scene(List.of(withoutCamera, withoutCamera), Optional.empty(), true);
        assertThatThrownBy(() -> format.write(SampleExport.to(folder, scene)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(files()).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
