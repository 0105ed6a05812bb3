package da3.spark;

import static org.assertj.core.api.Assertions.assertThat;

import da3.core.EngineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenes on a cluster that loses one of two workers: {@code mvn verify -Pspark-cluster}. */
@Tag("cluster")
class LostWorkerTest {

    private static final int SCENES = 24;
    private static final int ROOMS = 2;
    private static final ModelSettings MODEL =
            ModelSettings.of("da3-tiny").withEngine(EngineOptions.defaults().withThreads(1));
    private static final Map<String, String> OPTIONS = Map.of("export_format", "mini_npz", "process_res", "168");

    @TempDir
    private Path folder;

    private SparkSession session;

    @AfterEach
    void stop() {
        if (session != null) {
            session.stop();
        }
    }

    @Test
    void everySceneIsDoneOnce() throws Exception {
        List<Path> images = new ArrayList<>();
        for (int seed = 0; seed < ROOMS; seed++) {
            images.add(SceneFolders.write(folder.resolve("images"), seed, 4, 126, 168));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < SCENES; i++) {
            rows.add(SceneFolders.row("scene-" + i, OPTIONS, images.get(i % ROOMS)));
        }
        Path alone = folder.resolve("alone");
        session = LocalSpark.session();
        new SceneJob(MODEL, alone.toString())
                .run(SceneFolders.scenes(session, rows.subList(0, ROOMS)))
                .collectAsList();
        session.stop();

        Path shared = folder.resolve("shared");
        List<Row> results;
        try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"))) {
            session = cluster.session();
            SceneJob job = new SceneJob(MODEL, shared.toString());
            CompletableFuture<List<Row>> running = CompletableFuture.supplyAsync(
                    () -> job.run(SceneFolders.scenes(session, rows)).collectAsList());
            awaitScenes(shared, SCENES / 4, running);
            cluster.kill(1);
            results = running.get(10, TimeUnit.MINUTES);
            assertThat(done(shared)).hasSize(SCENES);
        }
        assertThat(results).extracting(row -> row.<String>getAs("error")).containsOnlyNulls();
        assertThat(results)
                .extracting(row -> row.<String>getAs("id"))
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().map(row -> row.getString(0)).toList());
        for (int i = 0; i < SCENES; i++) {
            String file = "/exports/mini_npz/results.npz";
            assertThat(shared.resolve("scene-" + i + file))
                    .hasSameBinaryContentAs(alone.resolve("scene-" + i % ROOMS + file));
        }
    }

    /** Waits until some but not all scenes are done. */
    private static void awaitScenes(Path output, int count, CompletableFuture<?> running) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (done(output).size() < count) {
            assertThat(running).isNotDone();
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(20);
        }
        assertThat(done(output)).hasSizeLessThan(SCENES - 2);
    }

    /** Returns the folders of scenes that are done. */
    private static List<String> done(Path output) throws IOException {
        if (!Files.exists(output)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(output)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }
}
