package da3.spark;

import da3.core.EngineOptions;
import da3.geometry.check.Check;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * The program that {@code spark-submit} runs for a {@link SceneJob}: reads scenes from lines of JSON, and writes the results as
 * lines of JSON to {@code _rows} in the output directory.
 */
public final class SceneApplication {

    private SceneApplication() {}

    /**
     * Runs the job.
     *
     * @param args files of scenes, output directory, model, and optionally the number of scenes in a task
     * @throws IllegalArgumentException if arguments are missing, or are too many
     * @throws IOException if the session cannot be closed
     */
    public static void main(String[] args) throws IOException {
        Check.inRange("number of arguments (SCENES OUTPUT MODEL [SCENES_PER_TASK])", 3, 4, args.length);
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            int scenesPerTask = args.length > 3 ? Integer.parseInt(args[3]) : 1;
            ModelSettings model = new ModelSettings(args[2], EngineOptions.defaults());
            Dataset<Row> results = new SceneJob(model, args[1], scenesPerTask).run(scenes(spark, args[0]));
            results.write().mode(SaveMode.Overwrite).json(args[1] + "/_rows");
            long failed = results.filter("error IS NOT NULL").count();
            System.getLogger(SceneApplication.class.getName())
                    .log(System.Logger.Level.INFO, results.count() + " scenes, " + failed + " of them failed");
        }
    }

    /** Reads lines such as {@code {"id": "a", "images": ["/mnt/a"], "options": {"process_res": "280"}}}. */
    static Dataset<Row> scenes(SparkSession spark, String files) {
        return spark.read()
                .schema("id STRING, images ARRAY<STRING>, options MAP<STRING, STRING>")
                .json(files);
    }
}
