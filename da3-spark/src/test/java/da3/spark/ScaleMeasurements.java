package da3.spark;

import static org.apache.spark.sql.functions.col;

import com.sun.management.OperatingSystemMXBean;
import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.core.Prediction;
import da3.core.Request;
import da3.export.Export;
import da3.export.ExportFormat;
import da3.export.JobOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the costs that the simulation of large clusters needs:
 * {@code mvn test -pl da3-spark -am -Pspark-cluster -Dtest=ScaleMeasurements -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("cluster")
class ScaleMeasurements {

    private static final int SCENES = 10;
    private static final int RESOLUTION = 336;
    private static final int TASKS = 500;

    @TempDir
    private Path folder;

    private static double processorSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    /** Processor time per scene of 1 s in a loop and in tasks of Spark, in the same JVM. */
    @Test
    void scenesInALoopAndInTasks() throws IOException {
        Path images = SceneFolders.write(folder, 1, 8, 252, 336);
        ModelSettings model =
                ModelSettings.of("da3-tiny").withEngine(EngineOptions.defaults().withThreads(1));
        Map<String, String> options = Map.of("export_format", "mini_npz", "process_res", Integer.toString(RESOLUTION));
        try (DepthAnything3 network = DepthAnything3.load(model.model(), model.engine())) {
            for (int round = 0; round < 4; round++) {
                String output = "round-" + round;
                print(output + ", loop", SCENES, () -> loop(network, images, output + "-loop", SCENES));
                print(output + ", Spark", SCENES, () -> spark(model, images, options, output, SCENES));
            }
        }
    }

    /** Time of everything but the prediction and its export: scenes whose image is missing. */
    @Test
    void overheadPerScene() throws IOException {
        ModelSettings model =
                ModelSettings.of("da3-tiny").withEngine(EngineOptions.defaults().withThreads(1));
        for (int round = 0; round < 4; round++) {
            print("missing images", TASKS, () -> spark(model, folder.resolve("missing.png"), Map.of(), "none", TASKS));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void print(String name, int count, Work work) throws IOException {
        double processor = processorSeconds();
        long start = System.nanoTime();
        work.run();
        System.out.printf(
                "%s: %.2f ms of processor time, %.2f ms elapsed each%n",
                name, 1e3 * (processorSeconds() - processor) / count, (System.nanoTime() - start) / 1e6 / count);
    }

    private void loop(DepthAnything3 network, Path images, String output, int scenes) throws IOException {
        JobOptions job = JobOptions.builder()
                .inference(o -> o.resolution(RESOLUTION))
                .formats(ExportFormat.MINI_NPZ)
                .build();
        for (int i = 0; i < scenes; i++) {
            SceneImages read = SceneImages.read(List.of(images.toString()));
            Request request = Request.of(read.images(), job.inference());
            Prediction prediction = network.predict(request);
            Path directory = Files.createDirectories(folder.resolve(output + "/" + i));
            ExportFormat.MINI_NPZ.write(Export.of(prediction, request, read.names(), directory, job.export()));
        }
    }

    private void spark(ModelSettings model, Path images, Map<String, String> options, String output, int scenes) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < scenes; i++) {
            rows.add(SceneFolders.row(output + i, options, images));
        }
        new SceneJob(model, folder.resolve(output).toString())
                .run(SceneFolders.scenes(LocalSpark.session(), rows))
                .collectAsList();
    }

    /** Processor time of the driver per task whose result is a row as large as that of a scene of ten views. */
    @Test
    void driverPerTask() throws Exception {
        LocalSpark.session().stop();
        try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"));
                SparkSession session = cluster.session()) {
            StructType schema = StructType.fromDDL("key STRING, text STRING");
            List<String> keys =
                    IntStream.range(0, TASKS).mapToObj(Integer::toString).toList();
            String text = "x".repeat(6_000);
            for (int round = 0; round < 3; round++) {
                print("driver", TASKS, () -> new KeyedTasks(
                                "key",
                                false,
                                key -> List.of(Json.object().put("key", key).put("text", text)))
                        .run(session, keys, schema)
                        .select(col("text"))
                        .collectAsList());
            }
        }
    }
}
