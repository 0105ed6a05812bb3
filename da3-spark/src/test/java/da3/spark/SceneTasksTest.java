package da3.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SceneTasksTest {

    /** Twenty scenes, each in a partition of its own. */
    private static Dataset<Row> scenes() {
        SparkSession spark = LocalSpark.session();
        List<Row> rows = IntStream.range(0, 20)
                .mapToObj(i -> SceneFolders.row("scene-" + (10 + i), Map.of(), "/images"))
                .toList();
        Dataset<Row> scenes = SceneFolders.scenes(spark, rows);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return spark.createDataFrame(context.parallelize(scenes.collectAsList(), 20), scenes.schema());
    }

    private static List<List<String>> ids(int scenesPerTask) {
        List<List<String>> tasks = new ArrayList<>();
        for (List<Row> rows :
                SceneTasks.of(scenes(), scenesPerTask).javaRDD().glom().collect()) {
            tasks.add(rows.stream().map(row -> row.<String>getAs("id")).toList());
        }
        return tasks;
    }

    @Test
    void noTaskHasMoreScenesThanAllowed() {
        assertThat(ids(1)).hasSize(20).allSatisfy(task -> assertThat(task).hasSize(1));
        assertThat(ids(7)).extracting(List::size).containsExactly(7, 7, 6);
        assertThat(ids(30)).extracting(List::size).containsExactly(20);
    }

    @Test
    void everySceneIsInTheSameTaskEachTime() {
        List<List<String>> tasks = ids(7);
        assertThat(tasks.stream().flatMap(List::stream)).hasSize(20).isSorted();
        assertThat(ids(7)).isEqualTo(tasks);
    }

    @Test
    void noScenesAreOneEmptyTask() {
        assertThat(SceneTasks.of(SceneFolders.scenes(LocalSpark.session(), List.of()), 4)
                        .javaRDD()
                        .glom()
                        .collect())
                .containsExactly(List.of());
    }
}
