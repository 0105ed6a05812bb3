package da3.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import da3.geometry.check.Check;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Predictions of many scenes, each exported into a folder of its own.
 *
 * <p>The input has the columns {@code id} (text, unique, the name of the folder), {@code images} (array of paths or URIs) and
 * optionally {@code options} (map from names to texts, for instance {@code export_format} to {@code mini_npz-glb}; see
 * {@link da3.export.OptionFields}). The output has the columns of {@link #SCHEMA}. A scene that fails is a row with its
 * error. Scenes whose folder exists are not computed again.
 *
 * <pre>{@code
 * Dataset<Row> results = new SceneJob(ModelSettings.of("depth-anything/DA3-BASE"), "/mnt/scenes").run(scenes);
 * results.filter("error IS NOT NULL").select("id", "error").show();
 * }</pre>
 *
 * @param model model of all scenes
 * @param output path or URI of the directory of the folders; its file system must rename folders atomically, as local disks,
 *     NFS and HDFS do and stores of objects do not
 * @param scenesPerTask maximum number of scenes that a task computes; more than one pays off if scenes take less than a
 *     second
 */
public record SceneJob(ModelSettings model, String output, int scenesPerTask) {

    /**
     * The columns of results. Extrinsics are world-to-camera, (3, 4) row-major, OpenCV axes; intrinsics are fx, fy, cx and cy in
     * pixels of maps of this width and height; both are null if the model predicts no cameras. Statistics are those of finite
     * values, {@code finite} being their fraction. {@code metric} says whether lengths are in meters, {@code seconds} is the
     * time of the prediction, and {@code computed} says whether this run computed the scene. All columns but {@code id} and
     * {@code error} are null for scenes that failed.
     */
    public static final StructType SCHEMA = StructType.fromDDL(
            """
            id STRING,
            error STRING,
            computed BOOLEAN,
            metric BOOLEAN,
            seconds DOUBLE,
            views ARRAY<STRUCT<
                name: STRING, width: INT, height: INT, extrinsics: ARRAY<DOUBLE>, intrinsics: ARRAY<DOUBLE>,
                depth: STRUCT<finite: DOUBLE, min: DOUBLE, median: DOUBLE, mean: DOUBLE, max: DOUBLE>,
                confidence: STRUCT<finite: DOUBLE, min: DOUBLE, median: DOUBLE, mean: DOUBLE, max: DOUBLE>>>,
            exports ARRAY<STRING>,
            warnings ARRAY<STRING>,
            provenance MAP<STRING, STRING>
            """);

    /** @throws IllegalArgumentException if the number of scenes is not positive */
    public SceneJob {
        Check.positive("scenesPerTask", scenesPerTask);
    }

    /** Creates a job with a task for each scene. */
    public SceneJob(ModelSettings model, String output) {
        this(model, output, 1);
    }

    /** Returns this job with several scenes in a task. */
    public SceneJob withScenesPerTask(int scenesPerTask) {
        return new SceneJob(model, output, scenesPerTask);
    }

    /**
     * Returns the results of scenes, which are computed when the dataset is first evaluated. The cluster then keeps them until
     * {@code unpersist()}; results that were on a lost machine are read from {@link #output} again.
     *
     * @param scenes scenes; counted now
     */
    public Dataset<Row> run(Dataset<Row> scenes) {
        Column options = Arrays.asList(scenes.columns()).contains("options") ? col("options") : functions.lit(null);
        Dataset<Row> selected = scenes.select(
                col("id").cast("string"),
                col("images").cast("array<string>"),
                options.cast("map<string,string>").as("options"));
        return SceneTasks.of(selected, scenesPerTask)
                .mapPartitions(new SceneTask(model, output), Encoders.STRING())
                .select(from_json(col("value"), SCHEMA).as("scene"))
                .select("scene.*")
                .persist(StorageLevel.MEMORY_AND_DISK());
    }
}
