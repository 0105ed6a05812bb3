package da3.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Tasks that each compute the rows of one key, such as the id of a scene.
 *
 * @param column column that contains the key of a task that failed
 * @param numbers whether keys are numbers
 * @param work computes the rows of a key
 */
record KeyedTasks(String column, boolean numbers, Work work) implements FlatMapFunction<String, String> {

    /** Computes the rows of a key as JSON. */
    @FunctionalInterface
    interface Work extends Serializable {
        List<ObjectNode> rows(String key) throws IOException;
    }

    /** Returns the rows of all keys, which are computed when the dataset is first evaluated and kept by the cluster. */
    Dataset<Row> run(SparkSession spark, List<String> keys, StructType schema) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return spark.createDataset(
                        context.parallelize(keys, Math.max(1, keys.size())).rdd(), Encoders.STRING())
                .flatMap(this, Encoders.STRING())
                .select(from_json(col("value"), schema).as("row"))
                .select("row.*")
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    @Override
    public Iterator<String> call(String key) {
        boolean lastAttempt = TaskAttempts.isLast(
                TaskContext.get().attemptNumber(), SparkEnv.get().conf());
        ObjectNode identity = numbers
                ? Json.object().put(column, Integer.parseInt(key))
                : Json.object().put(column, key);
        return RowOrError.of(identity, () -> {
                    if (lastAttempt) {
                        throw new IOException(TaskAttempts.GIVEN_UP);
                    }
                    return work.rows(key);
                })
                .stream()
                .map(ObjectNode::toString)
                .iterator();
    }
}
