package da3.spark;

import static org.assertj.core.api.Assertions.assertThat;

import da3.synthetic.SceneFamily;
import da3.synthetic.shard.ShardRendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderJobTest {

    @TempDir
    private Path folder;

    private static ShardRendering rendering() {
        return new ShardRendering(70, 5, 2, SceneFamily.forTraining(), 14, 21, 1);
    }

    private static List<Row> run(Path directory) throws IOException {
        return new RenderJob(RenderJobTest::rendering, directory.toString())
                .run(LocalSpark.session())
                .orderBy("shard")
                .collectAsList();
    }

    @Test
    void shardsAreThoseOfOneMachineAndCompleteOnesAreKept() throws IOException {
        List<Path> alone = rendering().write(folder.resolve("alone"), done -> {});
        Path shards = folder.resolve("shards");
        Files.createDirectories(shards);
        Files.copy(alone.get(1), shards.resolve(alone.get(1).getFileName()));

        List<Row> rows = run(shards);
        assertThat(rows).extracting(row -> row.<Boolean>getAs("computed")).containsExactly(true, false, true);
        assertThat(rows).extracting(row -> row.<Integer>getAs("scenes")).containsExactly(2, 2, 1);
        for (int i = 0; i < alone.size(); i++) {
            assertThat(Path.of(rows.get(i).<String>getAs("file"))).hasSameBinaryContentAs(alone.get(i));
        }
    }

    @Test
    void aShardThatFailsIsARowWithItsError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        List<Row> rows = run(file);
        assertThat(rows).extracting(row -> row.<Integer>getAs("shard")).containsExactly(0, 1, 2);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.<String>getAs("error")).contains(file.toString()));
    }
}
