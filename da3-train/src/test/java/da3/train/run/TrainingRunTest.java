package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.synthetic.SceneFamily;
import da3.synthetic.shard.ShardRendering;
import da3.train.config.ObjectiveKind;
import da3.train.config.SmallConfig;
import da3.train.config.TrainConfig;
import da3.train.config.ValidationMetric;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Complete runs of a small network on an engine, with rendered scenes. */
class TrainingRunTest {

    @TempDir
    static Path shards;

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();

    @BeforeAll
    static void render() throws IOException {
        new ShardRendering(1, 6, 4, SceneFamily.forTraining(), 28, 42, 1).write(shards, done -> {});
    }

    private static TrainConfig config(String... more) {
        List<String> overrides = new ArrayList<>(List.of(
                "phases.0.shards=[" + shards + "]",
                "validation.shards=[" + shards + "]",
                "validation.scenes=3",
                "validation.rows=28",
                "validation.columns=42",
                "validation.steps=3",
                "validation.pictures=1",
                "posed_probability=0.5"));
        overrides.addAll(List.of(more));
        return SmallConfig.of(overrides.toArray(String[]::new));
    }

    private void train(TrainConfig config, Path to, boolean resume, int steps) throws IOException {
        int[] calls = {0};
        new TrainingRun(config, lines::add).train(to, resume, () -> calls[0]++ == steps);
    }

    @Test
    void aRunWritesTablesEventsAndCheckpointsAndResumesToTheSameBytes() throws IOException {
        TrainConfig config = config();
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        train(config, whole, false, 100);
        train(config, parts, false, 2);
        train(config, parts, true, 100);
        for (String file : List.of("model.safetensors", "ema/model.safetensors", "training/state.safetensors")) {
            assertThat(parts.resolve("checkpoints/latest").resolve(file))
                    .hasSameBinaryContentAs(whole.resolve("checkpoints/latest").resolve(file));
        }
        assertThat(Files.readAllLines(parts.resolve("train.csv"))).hasSize(1 + 6);
        List<String> validations = Files.readAllLines(parts.resolve("validation.csv"));
        assertThat(validations).hasSize(1 + 2);
        assertThat(validations.get(0).split(","))
                .contains(ObjectiveKind.STUDENT.metrics().stream()
                        .map(ValidationMetric::id)
                        .toArray(String[]::new));
        assertThat(Files.exists(parts.resolve("checkpoints/best/ema/config.json")))
                .isTrue();
        assertThat(Files.list(parts.resolve("events"))).hasSize(2);
        assertThat(lines).anyMatch(line -> line.startsWith("validation at step 3: abs_rel "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"contrastive", "attention"})
    void auxiliaryLossesChangeGradientsUntilTheirWeightEnds(String name) throws IOException {
        train(config(name + ".weight=1", name + ".steps=4"), folder.resolve("with"), false, 100);
        train(config(), folder.resolve("without"), false, 100);
        List<String> with = Files.readAllLines(folder.resolve("with/train.csv"));
        List<String> without = Files.readAllLines(folder.resolve("without/train.csv"));
        int column = List.of(with.get(0).split(",")).indexOf("loss_" + name);
        assertThat(without.get(0)).doesNotContain(name);
        for (int step = 0; step < 6; step++) {
            double loss = Double.parseDouble(with.get(1 + step).split(",")[column]);
            assertThat(loss > 0).isEqualTo(step < 4);
        }
        // Both start from the same weights, so only different gradients can change the common terms.
        assertThat(with.get(1))
                .startsWith(without.get(1).substring(0, without.get(1).indexOf(',', 2)));
        assertThat(with.get(2).split(",")[1]).isNotEqualTo(without.get(2).split(",")[1]);
    }

    @Test
    void anExistingRunIsNotOverwritten() throws IOException {
        train(config(), folder, false, 1);
        assertThatThrownBy(() -> train(config(), folder, false, 1))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("--resume auto continues");
    }

    @Test
    void aDryRunReportsSizesAndWritesNothing() throws IOException {
        new TrainingRun(config("optimization.groups.1.optimizer=frozen"), lines::add).dryRun();
        assertThat(String.join("\n", lines))
                .contains("seed: 7")
                .containsPattern("parameters: \\d+ trained, \\d+ frozen")
                .contains("data: checked 6 scenes")
                .contains("step 0: 4 scenes of 2 views of 28x42, 48 tokens")
                .containsPattern("first step: loss -?\\d");
        assertThat(Files.list(folder)).isEmpty();
    }

    @Test
    void namesATruncatedShard() throws IOException {
        Path broken = folder.resolve("scenes-00000.shard");
        byte[] bytes = Files.readAllBytes(shards.resolve("scenes-00000.shard"));
        Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
        TrainConfig config = config("phases.0.shards=[" + folder + "]");
        assertThatThrownBy(() -> new TrainingRun(config, lines::add).dryRun())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(broken + " must have the ");
    }

    @Test
    void theLossOfTwoPairsFalls() throws IOException {
        TrainConfig config = config(
                "first_scenes=2",
                "fixed_views=true",
                "augmentation={}",
                "posed_probability=0",
                "phases.0.steps=40",
                "phases.0.scenes_per_step=2",
                "checkpoints.minutes=100");
        train(config, folder, false, 100);
        List<String> rows = Files.readAllLines(folder.resolve("train.csv"));
        int total = List.of(rows.get(0).split(",")).indexOf("loss_total");
        double first = Double.parseDouble(rows.get(1).split(",")[total]);
        double last = Double.parseDouble(rows.get(40).split(",")[total]);
        assertThat(last).isLessThan(0.7 * first);
    }
}
