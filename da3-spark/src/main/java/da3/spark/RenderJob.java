package da3.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.synthetic.shard.ShardRendering;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Rendering of synthetic scenes into shards for training, a shard in each task. The shards have the bytes that {@link
 * ShardRendering#write(Path, java.util.function.IntConsumer)} writes on one machine, and complete ones are kept.
 *
 * <pre>{@code
 * new RenderJob(() -> new ShardRendering(1, 100_000, 256, SceneFamily.forTraining(), 112, 168, 4), "/mnt/shards")
 *         .run(spark)
 *         .show();
 * }</pre>
 *
 * @param rendering the rendering; its threads are those of a task, {@code spark.task.cpus}
 * @param directory directory of the shards, mounted on all machines
 */
public record RenderJob(SerializableSupplier<ShardRendering> rendering, String directory) {

    /**
     * The columns of results: number and path of the shard, its number of scenes, whether this run rendered it, and the
     * seconds that it took. All but {@code shard} are null if it failed with {@code error}.
     */
    public static final StructType SCHEMA =
            StructType.fromDDL("shard INT, error STRING, computed BOOLEAN, seconds DOUBLE, scenes INT, file STRING");

    /**
     * Returns a row for each shard. They are rendered when the dataset is first evaluated.
     *
     * @throws IOException if the rendering cannot be created
     */
    public Dataset<Row> run(SparkSession spark) throws IOException {
        SerializableSupplier<ShardRendering> supplier = rendering;
        String target = directory;
        List<String> shards = IntStream.range(0, rendering.get().shards())
                .mapToObj(Integer::toString)
                .toList();
        return new KeyedTasks("shard", true, key -> List.of(render(supplier.get(), target, Integer.parseInt(key))))
                .run(spark, shards, SCHEMA);
    }

    private static ObjectNode render(ShardRendering rendering, String directory, int shard) throws IOException {
        long start = System.nanoTime();
        boolean rendered = rendering.write(Path.of(directory), shard, done -> {});
        return Json.object()
                .put("shard", shard)
                .put("computed", rendered)
                .put("seconds", (System.nanoTime() - start) / 1e9)
                .put("scenes", rendering.count(shard))
                .put("file", rendering.file(Path.of(directory), shard).toString());
    }
}
