package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.nn.GaussianConfig;
import da3.train.config.TrainConfig;
import da3.train.objective.SmallLpipsFile;
import da3.train.yaml.ConfigException;
import da3.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that add a Gaussian head to a small network and train it. */
class GaussianRunTest {

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();

    @BeforeAll
    static void write() throws IOException {
        GaussianRun.write(shared);
    }

    private void train(TrainConfig config, Path to, boolean resume, int steps) throws IOException {
        int[] calls = {0};
        new TrainingRun(config, lines::add).train(to, resume, () -> calls[0]++ == steps);
    }

    private static List<Double> column(Path table, String name) throws IOException {
        List<String> rows = Files.readAllLines(table);
        int index = List.of(rows.get(0).split(",")).indexOf(name);
        return rows.stream()
                .skip(1)
                .map(row -> Double.parseDouble(row.split(",")[index]))
                .toList();
    }

    private static float[] tensor(Path model, String name) throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(model.resolve("model.safetensors"))) {
            float[] values = new float[(int) file.tensors().get(name).elements()];
            file.readFloats(name, FloatBuffer.wrap(values));
            return values;
        }
    }

    @Test
    void lpipsIsATermOfTheLossWhereItsFileIsGiven() throws IOException {
        Path weights = SmallLpipsFile.write(folder.resolve("lpips.safetensors"));
        String objective =
                "objective={kind: gaussian, held_out: 1, ssim: 0, lpips: 0.3, lpips_file: '" + weights + "'}";
        String phase = "phases.0={steps: 1, shards: ['" + shared.resolve("shards")
                + "'], sizes: [{rows: 42, columns: 42}], min_views: 3, scenes_per_step: 2}";
        String[] more = {objective, phase, "optimization.schedule={warmup_steps: 0}", "validation={best_by: psnr}"};
        train(GaussianRun.config(shared, more), folder.resolve("run"), false, 100);
        String evaluated = "validation={shards: ['" + shared.resolve("shards")
                + "'], scenes: 1, views: 3, rows: 28, columns: 42, best_by: psnr}";
        Path steps = folder.resolve("run/train.csv");
        double lpips = column(steps, "loss_lpips").get(0);
        assertThat(lpips).isPositive();
        double others = column(steps, "loss_mse").get(0)
                + 0.05 * column(steps, "loss_depth").get(0);
        assertThat(column(steps, "loss_total").get(0)).isCloseTo(others + 0.3 * lpips, within(1e-5));

        train(GaussianRun.config(shared, more), folder.resolve("run"), true, 100);
        assertThat(lines).noneMatch(line -> line.contains("differs"));
        SmallLpipsFile.write(weights, 2);
        train(GaussianRun.config(shared, more), folder.resolve("run"), true, 100);
        assertThat(lines)
                .anyMatch(line ->
                        line.endsWith(", whose objective.lpips_file differs: the results are not those of one run"));

        assertThatThrownBy(() -> train(GaussianRun.config(shared, objective), folder, false, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "sides of images of a phase must be at least 31, since objective.lpips is not 0, got 28x42");
        Files.delete(weights);
        assertThat(ModelEvaluation.of(folder.resolve("run").toString(), Optional.empty(), List.of(evaluated))
                        .metrics()
                        .get("psnr"))
                .isPositive();
        assertThatThrownBy(() -> train(GaussianRun.config(shared, more), folder, false, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("objective.lpips_file cannot be read: " + weights);
    }

    @Test
    void trainsOnlyTheHeadAndWritesACompleteModel() throws IOException {
        TrainConfig config = GaussianRun.config(
                shared,
                "objective={kind: gaussian, held_out: 1, geometry: known_depth, ssim: 0, depth: 0}",
                "phases.0.steps=20",
                "validation.steps=20",
                "optimization.ema_decay=0");
        train(config, folder, false, 100);

        Path validations = folder.resolve("validation.csv");
        double trained = column(validations, "psnr").get(0);
        assertThat(trained).isGreaterThan(column(validations, "base_psnr").get(0) + 0.2);
        assertThat(column(validations, "ssim").get(0)).isBetween(0.0, 1.0);
        assertThat(column(validations, "psnr_isotropic").get(0)).isPositive();
        assertThat(column(validations, "psnr_merged").get(0)).isPositive();
        assertThat(column(validations, "psnr_covered").get(0)).isPositive();

        Path model = folder.resolve("checkpoints/latest");
        Path base = shared.resolve("base");
        for (String name : List.of("model.head.scratch.output_conv1.weight", "model.cam_dec.fc_fov.0.bias")) {
            assertThat(tensor(model, name)).isEqualTo(tensor(base, name));
        }
        try (ModelSource source = ModelSource.open(new ModelReference.OnDisk(model), ModelSource.hub())) {
            GaussianConfig head = source.config().main().gaussians().orElseThrow();
            assertThat(head.adapter().shDegree()).isEqualTo(1);
            assertThat(head.head().features()).isEqualTo(24);
            source.weights()
                    .require(
                            "model.gs_head.scratch.output_conv2.2.bias",
                            head.head().outputDim());
        }
        assertThatThrownBy(() -> train(GaussianRun.config(shared, "model.checkpoint='" + model + "'"), folder, true, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "model.gaussian_head needs a checkpoint that predicts cameras and no Gaussians, got one with "
                                + "a Gaussian head");
    }

    @Test
    void aResumedRunEndsInTheSameBytes() throws IOException {
        TrainConfig config = GaussianRun.config(shared);
        train(config, folder.resolve("whole"), false, 100);
        train(config, folder.resolve("parts"), false, 2);
        train(config, folder.resolve("parts"), true, 100);
        for (String file : List.of("model.safetensors", "config.json", "training/state.safetensors")) {
            assertThat(folder.resolve("parts/checkpoints/latest").resolve(file))
                    .hasSameBinaryContentAs(
                            folder.resolve("whole/checkpoints/latest").resolve(file));
        }
        assertThat(lines).noneMatch(line -> line.contains("whose configuration differs"));
    }

    @Test
    void needsAHeadAndViewsBesidesTheHeldOutOnes() {
        assertThatThrownBy(() -> train(
                        GaussianRun.config(shared, "model={checkpoint: '" + shared.resolve("base") + "'}"),
                        folder,
                        false,
                        1))
                .isInstanceOf(ConfigException.class)
                .hasMessage("objective.kind gaussian needs a network with a Gaussian head, which model.gaussian_head "
                        + "adds, got one without");
        assertThatThrownBy(() -> train(GaussianRun.config(shared, "objective.held_out=3"), folder, false, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessage("min_views of a phase must be above objective.held_out, 3, got 3");
    }
}
