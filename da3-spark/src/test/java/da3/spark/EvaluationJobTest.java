package da3.spark;

import static org.assertj.core.api.Assertions.assertThat;

import da3.core.EngineOptions;
import da3.evaluation.EvaluationScene;
import da3.evaluation.Suite;
import da3.evaluation.mode.Modes;
import da3.evaluation.predictor.ConstantPredictor;
import da3.evaluation.predictor.NetworkPredictor;
import da3.evaluation.report.HtmlReport;
import da3.evaluation.run.Evaluation;
import da3.evaluation.run.EvaluationResult;
import da3.evaluation.run.ResultsJson;
import da3.evaluation.suite.SyntheticSuite;
import da3.io.ExportDirectory;
import da3.nn.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationJobTest {

    private static final ModelSettings MODEL =
            ModelSettings.of("da3-tiny").withEngine(EngineOptions.defaults().withThreads(1));

    @TempDir
    private Path folder;

    /** Three small synthetic scenes, of which one cannot be read. */
    private static final class DamagedSuite implements Suite {

        private final Suite suite = new SyntheticSuite(3, 2, 2, List.of(new SyntheticSuite.Size(28, 42)));

        @Override
        public String description() {
            return "a damaged one of " + suite.description();
        }

        @Override
        public List<String> scenes() {
            return suite.scenes();
        }

        @Override
        public EvaluationScene load(String scene) throws IOException {
            if (scene.equals(scenes().get(1))) {
                throw new IOException("the scene is damaged");
            }
            return suite.load(scene);
        }
    }

    private static Evaluation evaluation() {
        NetworkPredictor model = new NetworkPredictor("da3-tiny", "bundled", MODEL.shared(), OptionalInt.empty());
        return new Evaluation(new DamagedSuite(), List.of(model, new ConstantPredictor()), Modes.all(), 2);
    }

    private static void report(EvaluationResult result, ExportDirectory directory) throws IOException {
        ResultsJson.write(result, directory);
        HtmlReport.write(result, directory);
    }

    @Test
    void filesAreThoseOfOneMachine() throws IOException {
        ExportDirectory alone = ExportDirectory.open(folder.resolve("alone"));
        report(evaluation().run(alone, Progress.SILENT), alone);

        ExportDirectory shared = ExportDirectory.open(folder.resolve("shared"));
        EvaluationJob job =
                new EvaluationJob(EvaluationJobTest::evaluation, shared.root().toString());
        Dataset<Row> rows = job.run(LocalSpark.session());
        List<Row> sorted = rows.orderBy("scene", "predictor").collectAsList();
        assertThat(sorted).hasSize(6);
        assertThat(sorted.stream().filter(row -> row.getAs("error") != null))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.<String>getAs("error")).isEqualTo("the scene is damaged"));
        Row first = sorted.stream()
                .filter(row -> row.getAs("error") == null)
                .findFirst()
                .orElseThrow();
        assertThat(first.getJavaMap(first.fieldIndex("groups"))).containsEntry("views", "2");
        assertThat(first.getJavaMap(first.fieldIndex("samples"))).isNotEmpty();

        report(job.merge(), shared);
        for (String file : List.of("scenes.jsonl", ResultsJson.FILE, HtmlReport.FILE)) {
            assertThat(shared.root().resolve(file))
                    .hasSameBinaryContentAs(alone.root().resolve(file));
        }
        assertThat(shared.root().resolve("pictures").toFile().list())
                .containsExactlyInAnyOrder(
                        alone.root().resolve("pictures").toFile().list());
    }
}
