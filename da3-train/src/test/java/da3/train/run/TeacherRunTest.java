package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.io.ExportDirectory;
import da3.synthetic.SceneFamily;
import da3.synthetic.shard.ShardRendering;
import da3.train.config.MonocularConfig;
import da3.train.config.SmallConfig;
import da3.train.config.TrainConfig;
import da3.train.data.GroundScenes;
import da3.train.data.PlaneScenes;
import da3.train.data.SceneArchive;
import da3.train.yaml.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of a small monocular network with the teacher's objective. */
class TeacherRunTest {

    @TempDir
    static Path scenes;

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();

    @BeforeAll
    static void write() throws IOException {
        new GroundScenes(4, 28, 42).write(scenes);
    }

    private void train(TrainConfig config, Path to, boolean resume, int steps) throws IOException {
        int[] calls = {0};
        new TrainingRun(config, lines::add).train(to, resume, () -> calls[0]++ == steps);
    }

    private static double value(Path table, int row, String column) throws IOException {
        List<String> rows = Files.readAllLines(table);
        int index = List.of(rows.get(0).split(",")).indexOf(column);
        return Double.parseDouble(rows.get(row < 0 ? rows.size() + row : row).split(",")[index]);
    }

    @Test
    void theErrorsOfDepthAndSkyFall() throws IOException {
        TrainConfig config = MonocularConfig.of(scenes, "phases.0.steps=80", "validation.steps=80");
        train(config, folder, false, 100);
        Path steps = folder.resolve("train.csv");
        assertThat(value(steps, -1, "loss_global")).isLessThan(0.5 * value(steps, 1, "loss_global"));
        assertThat(value(steps, -1, "loss_sky")).isLessThan(0.3 * value(steps, 1, "loss_sky"));
        Path validations = folder.resolve("validation.csv");
        assertThat(value(validations, -1, "abs_rel")).isLessThan(0.5 * value(validations, -1, "abs_rel_constant"));
        assertThat(value(validations, -1, "sky_error")).isLessThan(0.1);
    }

    @Test
    void theErrorOfTheObjectMaskFallsOnRenderedScenes() throws IOException {
        Path shards = folder.resolve("shards");
        new ShardRendering(1, 2, 2, SceneFamily.forTraining(), 28, 42, 1).write(shards, done -> {});
        TrainConfig config = MonocularConfig.of(
                shards, "model.monocular.objects=true", "phases.0.steps=40", "first_scenes=2", "validation=null");
        train(config, folder.resolve("run"), false, 100);
        Path steps = folder.resolve("run/train.csv");
        double first = 0;
        double last = 0;
        for (int i = 1; i <= 4; i++) {
            first += value(steps, i, "loss_object");
            last += value(steps, -i, "loss_object");
        }
        assertThat(last).isLessThan(0.7 * first);
    }

    @Test
    void theErrorInMetersFalls() throws IOException {
        TrainConfig config = MonocularConfig.of(
                scenes,
                "objective={kind: metric}",
                "model.monocular.depth_unit=meters_at_focal_300",
                "phases.0.steps=80",
                "validation.steps=10");
        train(config, folder, false, 100);
        Path validations = folder.resolve("validation.csv");
        assertThat(value(validations, -1, "meters")).isLessThan(0.6 * value(validations, 1, "meters"));
        assertThat(value(validations, -1, "abs_rel")).isLessThan(0.3);
    }

    @Test
    void theErrorOfAMetricNetworkIsTheSameForAllFocalLengths() throws IOException {
        double narrow = relativeErrorAtFocalLength(1, "meters_narrow");
        assertThat(relativeErrorAtFocalLength(0.75, "meters_medium")).isCloseTo(narrow, within(1e-4));
        assertThat(relativeErrorAtFocalLength(0.5, "meters_wide")).isCloseTo(narrow, within(1e-4));
    }

    /** Trains on the common focal length and validates on another one, in widths of the image. */
    private double relativeErrorAtFocalLength(double focal, String meters) throws IOException {
        Path others = folder.resolve("focal-" + focal);
        new GroundScenes(4, 28, 42, focal).write(others);
        TrainConfig config = MonocularConfig.of(
                scenes,
                "objective={kind: metric}",
                "model.monocular.depth_unit=meters_at_focal_300",
                "validation.shards=['" + others + "']",
                "phases.0.steps=8",
                "validation.steps=8");
        Path run = folder.resolve("run-" + focal);
        train(config, run, false, 100);
        assertThat(value(run.resolve("validation.csv"), 1, meters))
                .isEqualTo(value(run.resolve("validation.csv"), 1, "meters"));
        return value(run.resolve("validation.csv"), 1, "abs_rel");
    }

    @Test
    void theMetricObjectiveNeedsAMetricNetwork() {
        TrainConfig config = MonocularConfig.of(scenes, "objective={kind: metric}");
        assertThatThrownBy(() -> train(config, folder, false, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessage("objective.kind metric needs a network whose depth unit is meters_at_focal_300, "
                        + "got arbitrary");
    }

    @Test
    void aTeacherBecomesAMetricNetwork() throws IOException {
        train(MonocularConfig.of(scenes), folder.resolve("teacher"), false, 100);
        String teacher = folder.resolve("teacher/checkpoints/latest/ema").toString();
        TrainConfig config = MonocularConfig.of(
                scenes,
                "objective={kind: metric}",
                "model={checkpoint: '" + teacher + "', depth_unit: meters_at_focal_300}",
                "phases.0.steps=80",
                "validation.steps=80");
        train(config, folder.resolve("metric"), false, 100);
        Path validations = folder.resolve("metric/validation.csv");
        assertThat(value(validations, -1, "abs_rel")).isLessThan(0.3);
        assertThat(folder.resolve("metric/checkpoints/latest/config.json"))
                .content()
                .contains("meters_at_focal_300");
    }

    @Test
    void labelsReplaceTheTruthFromTheirStepOn() throws IOException {
        Path labels = folder.resolve("labels");
        new GroundScenes(4, 28, 42).write(labels, 0.5);
        String changed = "labels={shards: ['" + labels + "'], from_step: 2}";
        train(MonocularConfig.of(scenes), folder.resolve("truth"), false, 100);
        train(MonocularConfig.of(scenes, changed), folder.resolve("changed"), false, 100);
        for (int step = 1; step <= 4; step++) {
            double truth = value(folder.resolve("truth/train.csv"), step, "loss_total");
            double labeled = value(folder.resolve("changed/train.csv"), step, "loss_total");
            assertThat(labeled == truth).isEqualTo(step <= 2);
        }
    }

    @Test
    void labeledScenesWithTooFewViewsAreLeftOut() throws IOException {
        ExportDirectory labels = ExportDirectory.open(folder.resolve("labels"));
        SceneArchive.write(new PlaneScenes(1, 1, 28, 42).read(0), true, labels, "one-view.npz");
        SceneArchive.write(new PlaneScenes(1, 2, 28, 42).read(0), true, labels, "two-views.npz");
        String[] values = {"labels={shards: ['" + folder.resolve("labels") + "'], from_step: 0}", "phases.0.min_views=2"
        };
        train(MonocularConfig.of(scenes, values), folder.resolve("run"), false, 100);
        assertThat(lines).contains("1 of 2 labeled scenes have fewer than 2 views and are not used");
        values[1] = "phases.0.min_views=3";
        assertThatThrownBy(() -> train(MonocularConfig.of(scenes, values), folder.resolve("none"), false, 100))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "at least one scene must have 3 views or more, as a phase requires, but the largest of 2 has 2;");
    }

    @Test
    void aResumedRunEndsInTheSameBytes() throws IOException {
        TrainConfig config = MonocularConfig.of(scenes);
        train(config, folder.resolve("whole"), false, 100);
        train(config, folder.resolve("parts"), false, 3);
        train(config, folder.resolve("parts"), true, 100);
        for (String file : List.of("model.safetensors", "config.json", "training/state.safetensors")) {
            assertThat(folder.resolve("parts/checkpoints/latest").resolve(file))
                    .hasSameBinaryContentAs(
                            folder.resolve("whole/checkpoints/latest").resolve(file));
        }
        assertThat(lines).noneMatch(line -> line.contains("whose configuration differs"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "validation.best_by=head_fov | validation.best_by must be a metric of the objective, abs_rel or"
                        + " delta1, got",
                "loss={} | keys of the configuration must be among",
                "posed_probability=0.5 | keys of the configuration must be among",
            })
    void rejectsWhatOnlyTheStudentObjectiveHas(String override, String message) {
        assertThatThrownBy(() -> MonocularConfig.of(scenes, override))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void rejectsANetworkWithoutASkyMask() {
        TrainConfig config = MonocularConfig.of(scenes, "model={preset: da3-tiny}");
        assertThatThrownBy(() -> train(config, folder, false, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessage("objective.kind teacher needs a network that predicts depth and sky, got one that predicts "
                        + "depth and rays");
    }

    @Test
    void theStudentObjectiveNeedsAnAnyViewNetwork() {
        TrainConfig config = SmallConfig.of("model={preset: da3mono-tiny}");
        assertThatThrownBy(() -> train(config, folder, false, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessage("objective.kind student needs an any-view network, got one without cameras");
    }
}
