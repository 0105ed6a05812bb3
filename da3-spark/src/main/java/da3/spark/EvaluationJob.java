package da3.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.evaluation.run.Evaluation;
import da3.evaluation.run.EvaluationResult;
import da3.evaluation.run.SceneRecord;
import da3.io.ExportDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Evaluation of predictors on the scenes of a suite, a scene in each task. {@link #merge} joins the results into the files of
 * an evaluation on one machine, with the same bytes.
 *
 * <pre>{@code
 * var job = new EvaluationJob(() -> {
 *     Suite suite = Suites.byName("eth3d", Path.of("/mnt/eth3d"), DataSetOptions.defaults());
 *     var model = new NetworkPredictor("DA3-BASE", "published", settings.shared(), OptionalInt.empty());
 *     return new Evaluation(suite, List.of(model, new ConstantPredictor()), Modes.all(), 8);
 * }, "/mnt/evaluation");
 * job.run(spark).filter("error IS NOT NULL").show();
 * ResultsJson.write(job.merge(), ExportDirectory.open(Path.of("/mnt/evaluation")));
 * }</pre>
 *
 * @param evaluation the evaluation, created for each task; its predictors are not closed, so models should come from {@link
 *     ModelSettings#shared}
 * @param directory directory of the evaluation, mounted on all machines
 */
public record EvaluationJob(SerializableSupplier<Evaluation> evaluation, String directory) {

    /**
     * The columns of results, a row for each scene and predictor: groups of the scene by kind, and measured values by name. A
     * scene that fails has an error and no values; {@code predictor} is null if it was not evaluated at all.
     */
    public static final StructType SCHEMA = StructType.fromDDL(
            "scene STRING, predictor STRING, error STRING, groups MAP<STRING, STRING>, samples MAP<STRING, ARRAY<DOUBLE>>");

    /**
     * Returns the results of all scenes, which are evaluated when the dataset is first evaluated.
     *
     * @throws IOException if the evaluation cannot be created
     */
    public Dataset<Row> run(SparkSession spark) throws IOException {
        SerializableSupplier<Evaluation> supplier = evaluation;
        String target = directory;
        return new KeyedTasks("scene", false, scene -> evaluate(supplier.get(), scene, target))
                .run(spark, evaluation.get().scenes(), SCHEMA);
    }

    private static List<ObjectNode> evaluate(Evaluation evaluation, String scene, String directory) throws IOException {
        List<ObjectNode> rows = new ArrayList<>();
        for (SceneRecord record : evaluation.runScene(scene, ExportDirectory.open(Path.of(directory)))) {
            rows.add(Json.parse(record.json()));
        }
        return rows;
    }

    /**
     * Joins the results of all scenes on this machine.
     *
     * @throws IOException if a scene has not been evaluated
     */
    public EvaluationResult merge() throws IOException {
        return evaluation.get().merge(ExportDirectory.open(Path.of(directory)));
    }
}
