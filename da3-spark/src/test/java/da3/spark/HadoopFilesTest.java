package da3.spark;

import static org.assertj.core.api.Assertions.assertThat;

import da3.core.EngineOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images and outputs in a file system of Hadoop, here a local one under another scheme. */
class HadoopFilesTest {

    /** Local files with URIs that begin with {@code other:}. */
    public static final class OtherFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("other:///");
        }

        @Override
        public String getScheme() {
            return "other";
        }
    }

    @TempDir
    private Path folder;

    @Test
    void scenesAreReadAndWrittenByUri() throws IOException {
        SparkSession spark = LocalSpark.session();
        Path images = SceneFolders.write(folder, 1, 2, 28, 42);
        ModelSettings model =
                ModelSettings.of("da3-tiny").withEngine(EngineOptions.defaults().withThreads(1));
        Path output = folder.resolve("output");
        SceneJob job = new SceneJob(model, "other://" + output);
        List<Row> scenes = List.of(
                SceneFolders.row(
                        "room",
                        Map.of("process_res", "42", "export_format", "depth_vis"),
                        "other://" + images.resolve("0.png"),
                        "other://" + images.resolve("1.png")),
                SceneFolders.row("none", Map.of(), "other://" + folder.resolve("missing.png")));
        List<Row> rows =
                job.run(SceneFolders.scenes(spark, scenes)).orderBy("id").collectAsList();
        assertThat(rows.get(0).<String>getAs("error")).contains("missing.png", "does not exist");
        assertThat(rows.get(1).<String>getAs("error")).isNull();
        List<String> exports = rows.get(1).getList(rows.get(1).fieldIndex("exports"));
        assertThat(exports)
                .containsExactly(
                        "other:" + output + "/room/depth_vis/0000.jpg", "other:" + output + "/room/depth_vis/0001.jpg");
        assertThat(output.resolve("room/depth_vis/0001.jpg")).isNotEmptyFile();
        assertThat(output.toFile().list()).containsExactly("room");
        List<Row> again =
                job.run(SceneFolders.scenes(spark, scenes.subList(0, 1))).collectAsList();
        assertThat(again.get(0).<Boolean>getAs("computed")).isFalse();
        assertThat(Files.exists(output.resolve("room/" + SceneStore.RESULT))).isTrue();
    }
}
