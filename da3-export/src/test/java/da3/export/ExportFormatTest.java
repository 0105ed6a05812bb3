package da3.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.ModelConfig;
import da3.nn.Output;
import da3.nn.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportFormatTest {

    @TempDir
    private Path folder;

    @Test
    void idsAreParsedInTheirOrder() {
        assertThat(ExportFormat.parse("mini_npz-glb-feat_vis"))
                .containsExactly(ExportFormat.MINI_NPZ, ExportFormat.GLB, ExportFormat.FEAT_VIS);
        String all = Arrays.stream(ExportFormat.values()).map(ExportFormat::id).collect(Collectors.joining("-"));
        assertThat(ExportFormat.parse(all)).containsExactly(ExportFormat.values());
    }

    @Test
    void repeatedFormatsAreWrittenOnce() {
        assertThat(ExportFormat.parse("glb-npz-glb")).containsExactly(ExportFormat.GLB, ExportFormat.NPZ);
    }

    @ParameterizedTest
    @ValueSource(strings = {"obj", "", "GLB", "glb-", "glb,npz", " glb"})
    void unknownFormatsAreRejected(String formats) {
        String[] parts = formats.split("-", -1);
        assertThatThrownBy(() -> ExportFormat.parse(formats))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "export format", "'" + parts[parts.length - 1] + "'", "mini_npz, npz, glb", "mesh_glb");
    }

    @Test
    void onlyTheOutputsThatFormatsNeedAreRequested() {
        Set<ExportFormat> gaussianFormats = EnumSet.of(ExportFormat.GS_PLY, ExportFormat.GS_VIDEO);
        assertThat(ExportFormat.outputs(List.of())).isEmpty();
        assertThat(ExportFormat.outputs(EnumSet.complementOf(EnumSet.copyOf(gaussianFormats))))
                .isEmpty();
        for (ExportFormat format : gaussianFormats) {
            assertThat(ExportFormat.outputs(List.of(ExportFormat.NPZ, format)))
                    .containsExactlyInAnyOrder(Output.CAMERA, Output.GAUSSIANS);
        }
    }

    @Test
    void formatsOfGaussiansNeedAModelWithGaussians() {
        ModelConfig small = Preset.of("da3-small").config();
        ModelConfig giant = Preset.of("da3-giant").config();
        List<ExportFormat> formats = List.of(ExportFormat.GLB, ExportFormat.GS_PLY);
        assertThatThrownBy(() -> ExportFormat.requireServed(formats, small, "seeded:da3-small"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("gs_ply needs Gaussians", "seeded:da3-small", "DA3-GIANT");
        ExportFormat.requireServed(formats, giant, "seeded:da3-giant");
        ExportFormat.requireServed(List.of(ExportFormat.GLB), small, "seeded:da3-small");
    }

    /** Frames of both videos are twice as wide as the maps; sides of a video have at least 16 pixels. */
    @ParameterizedTest
    @CsvSource({"FEAT_VIS, 14, 14, 28x14", "GS_VIDEO, 14, 14, 28x14", "GS_VIDEO, 8000, 2000, 16000x2000"})
    void unsupportedVideoSizesAreRejected(ExportFormat format, int width, int height, String frame) {
        List<ExportFormat> formats = List.of(ExportFormat.GLB, format);
        assertThatThrownBy(() -> ExportFormat.requireSize(formats, width, height))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(format.id(), width + "x" + height, frame);
        ExportFormat.requireSize(formats, 56, 42);
        ExportFormat.requireSize(List.of(ExportFormat.GLB), width, height);
    }

    @Test
    void resultsAreInTheExportDirectory() {
        assertThat(ExportFormat.GLB.resultsIn(folder))
                .containsExactly(folder.resolve("scene.glb"), folder.resolve("scene.jpg"));
        assertThat(ExportFormat.COLMAP.resultsIn(folder)).containsExactly(folder.resolve("colmap"));
        assertThat(Arrays.stream(ExportFormat.values()).flatMap(format -> format.resultsIn(folder).stream()))
                .doesNotHaveDuplicates()
                .allMatch(path -> path.startsWith(folder) && !path.equals(folder));
    }

    @ParameterizedTest
    @CsvSource({"DEPTH_VIS, jpg", "DEPTH_PNG16, png", "DEPTH_PFM, pfm", "DEPTH_TIFF, tiff"})
    void filesOfAnEarlierRunWithMoreViewsAreRemoved(ExportFormat format, String extension) throws IOException {
        Path results = Files.createDirectories(format.resultsIn(folder).get(0));
        for (int i = 0; i < 5; i++) {
            Files.createFile(results.resolve("000" + i + "." + extension));
        }
        Files.createFile(results.resolve("0003.txt"));
        Files.createFile(results.resolve("0009." + extension)); // not consecutive, so not from an export
        format.removeStale(folder, 2);
        assertThat(names(results))
                .containsExactlyInAnyOrder("0000." + extension, "0001." + extension, "0003.txt", "0009." + extension);
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void withoutEarlierFilesNothingIsRemoved(ExportFormat format) throws IOException {
        Path other = Files.createFile(folder.resolve("0002.jpg"));
        format.removeStale(folder, 1);
        assertThat(folder.toFile().listFiles()).containsExactly(other.toFile());
    }

    private static List<String> names(Path results) throws IOException {
        try (Stream<Path> files = Files.list(results)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
