package da3.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import da3.evaluation.WallSuite;
import da3.evaluation.mode.Modes;
import da3.evaluation.predictor.ConstantPredictor;
import da3.evaluation.predictor.OraclePredictor;
import da3.evaluation.run.ComparedResult;
import da3.evaluation.run.EarlierResults;
import da3.evaluation.run.Evaluation;
import da3.evaluation.run.EvaluationResult;
import da3.evaluation.run.ResultsJson;
import da3.io.ExportDirectory;
import da3.nn.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparedResultsTest {

    private static final WallSuite WALL = new WallSuite();

    @TempDir
    Path folder;

    private EvaluationResult oracle(ExportDirectory directory) throws IOException {
        EvaluationResult result = new Evaluation(
                        WALL,
                        List.of(new OraclePredictor(WALL), new ConstantPredictor()),
                        List.of(Modes.of("depth"), Modes.of("pose")),
                        0)
                .run(directory, Progress.SILENT);
        ResultsJson.write(result, directory);
        return result;
    }

    @Test
    void earlierResultsAreShownNextToNewOnes() throws IOException {
        EvaluationResult earlier = oracle(ExportDirectory.open(folder.resolve("first")));
        ComparedResult compared = EarlierResults.read(folder.resolve("first"), earlier.suite());
        assertThat(compared.name()).isEqualTo("oracle in first");
        assertThat(compared.values()).containsEntry("depth.delta1", 1.0).containsEntry("pose.head_auc30", 100.0);

        ExportDirectory directory = ExportDirectory.open(folder.resolve("second"));
        EvaluationResult result = oracle(directory);
        assertThat(MetricTable.lines(result, List.of(compared)))
                .anySatisfy(line -> assertThat(line).contains("oracle", "constant", "oracle in first"))
                .anySatisfy(line -> assertThat(line.strip().split(" +")).contains("delta1", "1.000", "1.000"));
        Path page = HtmlReport.write(result, List.of(compared), directory);
        assertThat(Files.readString(page)).contains("<th scope=\"col\">oracle in first</th>");
        Path csv = ResultsCsv.write(result, List.of(compared), directory);
        assertThat(Files.readAllLines(csv))
                .startsWith("predictor,mode,metric,kind,group,value")
                .contains("oracle,depth,delta1,,,1.0", "oracle in first,depth,delta1,,,1.0");
    }

    @Test
    void resultsOfOtherScenesAreNotCompared() throws IOException {
        oracle(ExportDirectory.open(folder));
        assertThatIOException()
                .isThrownBy(() -> EarlierResults.read(folder, "floor"))
                .withMessageEndingWith("must be that of this evaluation, floor, got wall");
        assertThatIOException()
                .isThrownBy(() -> EarlierResults.read(folder.resolve("nowhere"), "wall"))
                .isInstanceOf(NoSuchFileException.class);
        Files.writeString(folder.resolve(ResultsJson.FILE), "{");
        assertThatIOException()
                .isThrownBy(() -> EarlierResults.read(folder, "wall"))
                .withMessageContaining("must be results of an evaluation");
    }

    @Test
    void fieldsWithCommasAreQuoted() throws IOException {
        ExportDirectory directory = ExportDirectory.open(folder);
        ComparedResult odd = new ComparedResult("a \"b\", c", "odd", Map.of("depth.abs_rel", 0.5));
        assertThat(Files.readString(ResultsCsv.write(oracle(directory), List.of(odd), directory)))
                .contains("\"a \"\"b\"\", c\",depth,abs_rel,,,0.5\n");
    }

    @Test
    void dataSetsOfThePaperHavePublishedFigures() {
        List<ComparedResult> eth3d = PublishedResults.of("eth3d: 11 scenes");
        assertThat(eth3d).hasSize(7);
        assertThat(eth3d.get(3).name()).isEqualTo("DA3-Small, published");
        assertThat(eth3d.get(3).values()).containsEntry("pose.head_paper_auc3", 8.59);
        assertThat(eth3d.get(6).values()).containsEntry("recon_posed.f1", 0.8685);
        assertThat(PublishedResults.of("dtu: 22 scenes")).singleElement().satisfies(dtu -> assertThat(dtu.values())
                .containsOnlyKeys("recon_unposed.overall", "recon_posed.overall"));
        assertThat(PublishedResults.of("dtu64: 13 scenes")).hasSize(6);
        assertThat(PublishedResults.of("synthetic: 64 scenes")).isEmpty();
    }

    /** A metric that was renamed would silently leave the published figures out. */
    @Test
    void publishedFiguresAreOfMetricsThatExist() {
        for (String suite : List.of("hiroom", "eth3d", "dtu", "dtu64", "7scenes", "scannetpp")) {
            for (ComparedResult published : PublishedResults.of(suite)) {
                assertThat(published.values().keySet()).allSatisfy(key -> {
                    String[] ids = key.split("\\.");
                    assertThat(Modes.of(ids[0]).metrics())
                            .anySatisfy(metric -> assertThat(metric.id()).isEqualTo(ids[1]));
                });
            }
        }
    }
}
