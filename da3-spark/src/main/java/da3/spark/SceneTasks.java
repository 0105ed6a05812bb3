package da3.spark;

import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Tasks of consecutive scenes, identified by the numbers of their scenes.
 *
 * <p>{@code Dataset.repartition} deals out the rows of each partition from a random start, so that some tasks would get more
 * than their share, and others none.
 */
final class SceneTasks extends Partitioner {

    private static final long serialVersionUID = 1;

    private final int tasks;
    private final int scenesPerTask;

    private SceneTasks(int tasks, int scenesPerTask) {
        this.tasks = tasks;
        this.scenesPerTask = scenesPerTask;
    }

    /**
     * Returns scenes with a partition for each task, in the order of their ids. This order is total, so a lost partition has
     * the same scenes when it is computed again.
     *
     * @param scenes scenes with unique values of {@code id}; counted now
     * @param scenesPerTask number of scenes of each task; the last one may have fewer
     */
    static Dataset<Row> of(Dataset<Row> scenes, int scenesPerTask) {
        int tasks = Math.toIntExact(Math.max(1, (scenes.count() + scenesPerTask - 1) / scenesPerTask));
        JavaPairRDD<Long, Row> numbered =
                scenes.sort("id").javaRDD().zipWithIndex().mapToPair(numberedRow -> numberedRow.swap());
        return scenes.sparkSession()
                .createDataFrame(
                        numbered.partitionBy(new SceneTasks(tasks, scenesPerTask))
                                .values(),
                        scenes.schema());
    }

    @Override
    public int numPartitions() {
        return tasks;
    }

    @Override
    public int getPartition(Object number) {
        return (int) ((Long) number / scenesPerTask);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SceneTasks o && tasks == o.tasks && scenesPerTask == o.scenesPerTask;
    }

    @Override
    public int hashCode() {
        return 31 * tasks + scenesPerTask;
    }
}
