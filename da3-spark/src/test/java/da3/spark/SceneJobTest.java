package da3.spark;

import static org.assertj.core.api.Assertions.assertThat;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.core.Prediction;
import da3.core.Request;
import da3.export.Export;
import da3.export.ExportFormat;
import da3.export.JobOptions;
import da3.geometry.Image;
import da3.io.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneJobTest {

    private static final ModelSettings MODEL =
            ModelSettings.of("da3-tiny").withEngine(EngineOptions.defaults().withThreads(1));
    private static final Map<String, String> OPTIONS = Map.of("export_format", "mini_npz-colmap", "process_res", "56");

    @TempDir
    private static Path images;

    private static final List<Path> FOLDERS = new ArrayList<>();

    @TempDir
    private Path output;

    @BeforeAll
    static void render() throws IOException {
        for (int seed = 0; seed < 3; seed++) {
            FOLDERS.add(SceneFolders.write(images, seed, 2, 42, 56));
        }
    }

    private List<Row> run(int scenesPerTask, List<Row> rows) {
        Dataset<Row> scenes = SceneFolders.scenes(LocalSpark.session(), rows);
        return new SceneJob(MODEL, output.toString())
                .withScenesPerTask(scenesPerTask)
                .run(scenes)
                .orderBy("id")
                .collectAsList();
    }

    private static List<Row> threeRooms() {
        List<Row> rows = new ArrayList<>();
        for (Path folder : FOLDERS) {
            rows.add(SceneFolders.row(folder.getFileName().toString(), OPTIONS, folder));
        }
        return rows;
    }

    @Test
    void exportsAreThoseOfOneMachine(@TempDir Path alone) throws IOException {
        run(1, threeRooms());
        JobOptions job = JobOptions.builder()
                .inference(o -> o.resolution(56))
                .formats(ExportFormat.MINI_NPZ, ExportFormat.COLMAP)
                .build();
        try (DepthAnything3 model = DepthAnything3.load(MODEL.model(), MODEL.engine())) {
            for (Path folder : FOLDERS) {
                List<Path> files = Images.list(folder);
                List<Image> decoded = Images.readAll(folder);
                Request request = Request.of(decoded, job.inference());
                Prediction prediction = model.predict(request);
                Path directory = Files.createDirectories(alone.resolve(folder.getFileName()));
                List<String> names = files.stream()
                        .map(file -> file.getFileName().toString())
                        .toList();
                Export export = Export.of(prediction, request, names, directory, job.export());
                for (ExportFormat format : job.formats()) {
                    format.write(export);
                }
                List<Path> expected = files(directory);
                assertThat(expected).hasSize(4);
                Path scene = output.resolve(folder.getFileName());
                assertThat(files(scene)).hasSize(expected.size() + 1); // scene.json
                for (Path file : expected) {
                    assertThat(scene.resolve(directory.relativize(file))).hasSameBinaryContentAs(file);
                }
            }
        }
    }

    @Test
    void rowsHoldCamerasStatisticsAndPaths() {
        Row row = run(3, threeRooms()).get(1);
        assertThat(row.<String>getAs("id")).isEqualTo("room-1");
        assertThat(row.<String>getAs("error")).isNull();
        assertThat(row.<Boolean>getAs("computed")).isTrue();
        List<Row> views = row.getList(row.fieldIndex("views"));
        assertThat(views).hasSize(2);
        Row view = views.get(1);
        assertThat(view.<String>getAs("name")).isEqualTo("1.png");
        assertThat(view.<Integer>getAs("width")).isEqualTo(56);
        assertThat(view.<Integer>getAs("height")).isEqualTo(42);
        assertThat(view.getList(view.fieldIndex("extrinsics"))).hasSize(12);
        assertThat(view.getList(view.fieldIndex("intrinsics"))).hasSize(4);
        Row depth = view.getAs("depth");
        assertThat(depth.<Double>getAs("finite")).isEqualTo(1);
        assertThat(depth.<Double>getAs("median")).isBetween(depth.<Double>getAs("min"), depth.<Double>getAs("max"));
        List<String> exports = row.getList(row.fieldIndex("exports"));
        assertThat(exports)
                .contains(output.resolve("room-1/exports/mini_npz/results.npz").toString());
        assertThat(exports).allSatisfy(file -> assertThat(Path.of(file)).exists());
        Map<String, String> provenance = row.getJavaMap(row.fieldIndex("provenance"));
        assertThat(provenance).containsEntry("engine", "onednn").containsEntry("threads", "1");
    }

    @Test
    void runningAgainComputesOnlyWhatIsMissing() throws IOException {
        List<Row> rows = threeRooms();
        run(2, rows.subList(0, 2));
        Path kept = output.resolve("room-0/" + SceneStore.RESULT);
        byte[] before = Files.readAllBytes(kept);
        List<Row> again = run(1, rows);
        assertThat(again).extracting(row -> row.<Boolean>getAs("computed")).containsExactly(false, false, true);
        assertThat(again).allSatisfy(row -> assertThat(row.isNullAt(row.fieldIndex("views")))
                .isFalse());
        assertThat(kept).hasBinaryContent(before);
    }

    @Test
    void failedScenesAreRowsWithTheirErrors() {
        Path missing = images.resolve("missing.png");
        List<Row> rows = run(
                4,
                List.of(
                        SceneFolders.row("a", Map.of("process_res", "many"), FOLDERS.get(0)),
                        SceneFolders.row("b", Map.of(), missing),
                        SceneFolders.row("../c", Map.of(), FOLDERS.get(0)),
                        SceneFolders.row("d", OPTIONS, FOLDERS.get(0))));
        assertThat(rows)
                .extracting(row -> row.<String>getAs("error"))
                .satisfiesExactly(
                        id -> assertThat(id).contains("id must be 1 to 200 letters"),
                        option -> assertThat(option).isEqualTo("process_res must be an integer, got 'many'"),
                        image -> assertThat(image).isEqualTo(missing + " does not exist"),
                        none -> assertThat(none).isNull());
        assertThat(output.toFile().list()).containsExactly("d");
    }

    @Test
    void theProgramReadsAndWritesLinesOfJson(@TempDir Path input) throws IOException {
        LocalSpark.session(); // the program uses it, and stops it
        Path scenes = Files.writeString(
                input.resolve("scenes.jsonl"),
                """
                {"id": "a", "images": ["%s"], "options": {"export_format": "tum", "process_res": "56"}}
                {"id": "b", "images": ["/missing.png"]}
                """
                        .formatted(FOLDERS.get(0)));
        SceneApplication.main(new String[] {scenes.toString(), output.toString(), "da3-tiny"});
        assertThat(output.resolve("a/trajectory_tum.txt")).isNotEmptyFile();
        List<String> errors = LocalSpark.session().read().json(output + "/_rows").orderBy("id").collectAsList().stream()
                .map(row -> row.<String>getAs("error"))
                .toList();
        assertThat(errors).containsExactly(null, "/missing.png does not exist");
    }

    @Test
    void aResultOfOtherOptionsIsNotReplaced() {
        List<Row> rows = threeRooms().subList(0, 1);
        run(1, rows);
        List<Row> other = run(1, List.of(SceneFolders.row("room-0", Map.of("process_res", "28"), FOLDERS.get(0))));
        assertThat(other.get(0).<String>getAs("error"))
                .contains("the result of room-0 must be that of", "process_res=28", "process_res=56");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
