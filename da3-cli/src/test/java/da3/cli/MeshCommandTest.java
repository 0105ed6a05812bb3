package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import da3.export.Export;
import da3.export.ExportFormat;
import da3.export.ExportOptions;
import da3.geometry.Scene;
import da3.io.MiniNpz;
import da3.io.Npz;
import da3.synthetic.CameraRig;
import da3.synthetic.SampleScenes;
import da3.synthetic.SyntheticRenderer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshCommandTest {

    @TempDir
    private Path folder;

    private Scene room;

    @BeforeEach
    void render() {
        room = SyntheticRenderer.render(
                SampleScenes.indoor(1),
                SampleScenes.indoorArc().withCount(3).cameras(CameraRig.lens(84, 70, 1.1)),
                84,
                70);
    }

    @Test
    void archivesAreFusedToAMesh() throws IOException {
        Path results = MiniNpz.write(room, folder);
        Path mesh = folder.resolve("new/mesh.ply");
        CommandRun run = CommandRun.of("mesh", results.toString(), "--out", mesh.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().strip()).isEqualTo(mesh.toString());
        assertThat(run.err()).contains("1/256 of the extent of the scene", "3 views", "triangles");
        assertThat(header(mesh)).startsWith("ply\nformat binary_little_endian 1.0");
        assertThat(faces(mesh)).isGreaterThan(5000);
    }

    @Test
    void optionsAreAppliedToTheFusion() throws IOException {
        Path results = Npz.write(room, folder);
        long coarse = faces(results, "--voxel-size=0.1");
        assertThat(coarse).isBetween(500L, 20_000L);
        assertThat(faces(results, "--voxel-size=0.05")).isGreaterThan(2 * coarse);
        assertThat(faces(results, "--voxel-size=0.1", "--max-depth=3")).isLessThan(coarse * 8 / 10);
        assertThat(faces(results, "--voxel-size=0.1", "--min-component=0")).isGreaterThan(coarse);
        CommandRun rejected = CommandRun.of(
                "mesh",
                results.toString(),
                "--out=" + folder.resolve("no.glb"),
                "--voxel-size=0.01",
                "--max-bytes=9999999");
        assertThat(rejected.exitCode()).isEqualTo(1);
        assertThat(rejected.err()).containsPattern("needs more than 99\\d+ bytes.*a voxel size of 0\\.0\\d+ fits");
        assertThat(folder.resolve("no.glb")).doesNotExist();
    }

    @Test
    void noFileIsWrittenWithoutASurface() throws IOException {
        Path results = MiniNpz.write(room, folder);
        CommandRun run = CommandRun.of(
                "mesh", results.toString(), "--out=" + folder.resolve("none.glb"), "--min-component=100000000");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("no surface of at least 100000000 triangles");
        assertThat(folder.resolve("none.glb")).doesNotExist();
    }

    @Test
    void exportFormatsWriteTheirFiles() throws IOException {
        for (ExportFormat format : ExportFormat.parse("ply-mesh_ply-mesh_glb")) {
            Export export = new Export(room, Map.of(), folder, ExportOptions.defaults(), List.of(), null, 0);
            assertThat(format.write(export))
                    .containsExactlyElementsOf(format.resultsIn(folder))
                    .allSatisfy(file -> assertThat(Files.size(file)).isGreaterThan(50_000));
        }
        assertThat(header(folder.resolve("points.ply"))).contains("element vertex ", "property uchar red");
    }

    private long faces(Path results, String... options) throws IOException {
        Path mesh = folder.resolve("mesh.ply");
        String[] command = new String[options.length + 4];
        command[0] = "mesh";
        command[1] = results.toString();
        command[2] = "--out=" + mesh;
        command[3] = "--overwrite";
        System.arraycopy(options, 0, command, 4, options.length);
        CommandRun run = CommandRun.of(command);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return faces(mesh);
    }

    private static long faces(Path mesh) throws IOException {
        return Long.parseLong(header(mesh).replaceAll("(?s).*element face (\\d+).*", "$1"));
    }

    private static String header(Path ply) throws IOException {
        String text = new String(Files.readAllBytes(ply), StandardCharsets.ISO_8859_1);
        return text.substring(0, text.indexOf("end_header"));
    }
}
