package da3.spark;

import org.apache.spark.sql.SparkSession;

/** A Spark session of this JVM with two tasks at a time, shared by all tests. */
final class LocalSpark {

    private LocalSpark() {}

    static SparkSession session() {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.hadoop.fs.other.impl", HadoopFilesTest.OtherFileSystem.class.getName())
                .config("spark.hadoop.fs.racing.impl", HadoopSceneStoreTest.RacingFileSystem.class.getName())
                .getOrCreate();
    }
}
