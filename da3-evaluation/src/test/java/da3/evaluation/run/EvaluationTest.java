package da3.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import da3.evaluation.EvaluationScene;
import da3.evaluation.PredictedScene;
import da3.evaluation.Predictor;
import da3.evaluation.SceneRequest;
import da3.evaluation.Suite;
import da3.evaluation.mode.Modes;
import da3.evaluation.mode.Samples;
import da3.evaluation.predictor.ConstantPredictor;
import da3.evaluation.report.HtmlReport;
import da3.evaluation.report.MetricTable;
import da3.evaluation.suite.SyntheticSuite;
import da3.io.ExportDirectory;
import da3.nn.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {

    private static final int SCENES = 5;
    private static final List<String> FILES = List.of(SceneLog.FILE, ResultsJson.FILE, HtmlReport.FILE);

    @TempDir
    Path folder;

    private static Suite suite(int scenes) {
        return new SyntheticSuite(scenes, 1, 2, List.of(new SyntheticSuite.Size(14, 28)));
    }

    private static EvaluationResult evaluate(Path folder, Suite suite, Predictor predictor) throws IOException {
        ExportDirectory directory = ExportDirectory.open(folder);
        EvaluationResult result =
                new Evaluation(suite, List.of(predictor), Modes.all(), 2).run(directory, Progress.SILENT);
        ResultsJson.write(result, directory);
        HtmlReport.write(result, directory);
        return result;
    }

    @Test
    void aKilledEvaluationResumesToTheSameBytes() throws IOException {
        Path whole = folder.resolve("whole");
        Path killed = folder.resolve("killed");
        evaluate(whole, suite(SCENES), new ConstantPredictor());

        Predictor dying = new Failing(4) {
            @Override
            void fail() {
                throw new Killed();
            }
        };
        assertThatExceptionOfType(Killed.class).isThrownBy(() -> evaluate(killed, suite(SCENES), dying));
        assertThat(killed.resolve(ResultsJson.FILE)).doesNotExist();
        Files.writeString(killed.resolve(SceneLog.FILE), "{\"scene\":\"pile-30", StandardOpenOption.APPEND);
        List<String> lines = Files.readAllLines(killed.resolve(SceneLog.FILE));
        assertThat(lines).hasSizeBetween(3, SCENES);

        evaluate(killed, suite(SCENES), new ConstantPredictor());
        for (String file : FILES) {
            assertThat(killed.resolve(file)).as(file).hasSameBinaryContentAs(whole.resolve(file));
        }
        evaluate(killed, suite(SCENES), new Failing(0)); // nothing is left to predict
        assertThat(killed.resolve(ResultsJson.FILE)).hasSameBinaryContentAs(whole.resolve(ResultsJson.FILE));
    }

    @Test
    void scenesThatAreEvaluatedOneByOneMergeToTheSameBytes() throws IOException {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        evaluate(whole, suite(SCENES), new ConstantPredictor());

        ExportDirectory directory = ExportDirectory.open(parts);
        Evaluation evaluation = new Evaluation(suite(SCENES), List.of(new ConstantPredictor()), Modes.all(), 2);
        for (int i = SCENES - 1; i > 0; i--) {
            evaluation.runScene(evaluation.scenes().get(i), directory);
        }
        String missing = evaluation.scenes().get(0);
        assertThatIOException()
                .isThrownBy(() -> evaluation.merge(directory))
                .withMessageStartingWith("parts/" + missing + ".jsonl in ")
                .withMessageEndingWith("must hold results of constant, got none");
        List<SceneRecord> last = evaluation.runScene(missing, directory);
        assertThat(last).hasSize(1);
        Evaluation tired = new Evaluation(suite(SCENES), List.of(new Failing(0)), Modes.all(), 2);
        assertThat(tired.runScene(missing, directory).get(0).json())
                .isEqualTo(last.get(0).json()); // not repeated

        EvaluationResult result = evaluation.merge(directory);
        ResultsJson.write(result, directory);
        HtmlReport.write(result, directory);
        for (String file : FILES) {
            assertThat(parts.resolve(file)).as(file).hasSameBinaryContentAs(whole.resolve(file));
        }
        Evaluation.discard(directory);
        assertThat(parts.resolve("parts")).isEmptyDirectory();
    }

    @Test
    void failedScenesAreReportedAndDoNotEndTheEvaluation() throws IOException {
        Suite suite = new Broken(suite(SCENES), 1);
        EvaluationResult result = evaluate(folder, suite, new Failing(6));
        assertThat(result.records()).hasSize(SCENES);
        assertThat(result.failures())
                .extracting(SceneRecord::scene)
                .contains(suite.scenes().get(1))
                .hasSizeGreaterThan(1);
        assertThat(result.failures().get(0).error().orElseThrow()).contains("lost.png");
        String json = Files.readString(folder.resolve(ResultsJson.FILE));
        assertThat(json).contains(suite.scenes().get(1), "lost.png", "predictor is tired");
        assertThat(Files.readString(folder.resolve(HtmlReport.FILE))).contains("Scenes that failed", "lost.png");
        assertThat(result.value(Modes.of("depth").metrics().get(0), "constant")).isPresent();
    }

    @Test
    void aPictureThatCannotBeWrittenEndsTheEvaluation() throws IOException {
        Files.writeString(folder.resolve("pictures"), "a file where the folder should be");
        assertThatIOException()
                .isThrownBy(() -> evaluate(folder, suite(1), new ConstantPredictor()))
                .withMessageContaining("cannot be written");
    }

    @Test
    void resultsOfAnotherEvaluationAreNotContinued() throws IOException {
        evaluate(folder, suite(1), new ConstantPredictor());
        assertThatIOException()
                .isThrownBy(() -> evaluate(folder, suite(2), new ConstantPredictor()))
                .withMessageContaining(SceneLog.FILE + " must hold results of this evaluation, ")
                .withMessageContaining("2 scenes")
                .withMessageContaining("1 scenes");
    }

    @Test
    void thePageIsComplete() throws IOException {
        EvaluationResult result = evaluate(folder, suite(8), new ConstantPredictor());
        String page = Files.readString(folder.resolve(HtmlReport.FILE), StandardCharsets.UTF_8);
        assertThat(page)
                .contains("<svg", "<polyline", "<rect", "data:image/png;base64,", "Camera head", "family corridor")
                .doesNotContain("http:", "https:", "<script", "<link");
        assertThat(MetricTable.lines(result))
                .anySatisfy(line -> assertThat(line).startsWith("  AbsRel  "))
                .anySatisfy(line -> assertThat(line).startsWith("  Camera head: AUC30  "));
    }

    @Test
    void discardDeletesAllResults() throws IOException {
        ExportDirectory directory = ExportDirectory.open(folder);
        Predictor untired = new Failing(100);
        Predictor second = new Failing(100) {
            @Override
            public String name() {
                return "second";
            }
        };
        new Evaluation(suite(2), List.of(untired, second), Modes.all(), 2).run(directory, Progress.SILENT);
        Evaluation.discard(directory);
        EvaluationResult result = evaluate(folder, suite(2), new ConstantPredictor());
        assertThat(result.pictures()).extracting(ScenePicture::predictor).containsExactly(0, 0);
        assertThat(folder.resolve("pictures").toFile().list()).hasSize(2);
    }

    @Test
    void rejectsSamplesThatAreNotFinite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Samples().add("depth.abs_rel", Double.NaN))
                .withMessage("depth.abs_rel must be finite, got NaN");
    }

    @Test
    void rejectsPredictorsOfEqualNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Evaluation(
                        suite(1), List.of(new ConstantPredictor(), new ConstantPredictor()), Modes.all(), 0))
                .withMessageContaining("of different names, got [constant, constant]");
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** A suite in which a file of one scene is missing. */
    private record Broken(Suite whole, int lost) implements Suite {
        @Override
        public String description() {
            return whole.description();
        }

        @Override
        public List<String> scenes() {
            return whole.scenes();
        }

        @Override
        public EvaluationScene load(String scene) throws IOException {
            if (scene.equals(whole.scenes().get(lost))) {
                throw new NoSuchFileException("lost.png", null, "does not exist");
            }
            return whole.load(scene);
        }
    }

    /** Predicts like the constant predictor a limited number of times, then fails. */
    private static class Failing implements Predictor {

        private final Predictor able = new ConstantPredictor();
        private int answers;

        Failing(int answers) {
            this.answers = answers;
        }

        void fail() {
            throw new IllegalStateException("the predictor is tired");
        }

        @Override
        public String name() {
            return able.name();
        }

        @Override
        public String description() {
            return able.description();
        }

        @Override
        public boolean takesCameras() {
            return able.takesCameras();
        }

        @Override
        public PredictedScene predict(SceneRequest request) {
            if (answers-- <= 0) {
                fail();
            }
            return able.predict(request);
        }
    }
}
