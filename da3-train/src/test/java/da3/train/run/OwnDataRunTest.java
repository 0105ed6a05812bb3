package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.train.config.SmallConfig;
import da3.train.config.TrainConfig;
import da3.train.data.UserFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a small network on files as users have them. */
class OwnDataRunTest {

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        UserFiles.recording(folder, 4, 28, 42);
        Files.writeString(folder.resolve("list.txt"), "images/0.png depth/0.png\nimages/1.png depth/1.png\n");
    }

    private TrainConfig config(String data, String... more) {
        List<String> overrides = new ArrayList<>(List.of(
                "data=[{name: own, depth_scale: 0.001, " + data.formatted(folder) + "}]",
                "phases.0={data: [own], steps: 1, sizes: [{rows: 28, columns: 42}], min_views: 1, scenes_per_step: 2}",
                "optimization.schedule.warmup_steps=0",
                "posed_probability=0"));
        overrides.addAll(List.of(more));
        return SmallConfig.of(overrides.toArray(String[]::new));
    }

    private String train(TrainConfig config) throws IOException {
        new TrainingRun(config, line -> {}).train(folder.resolve("run"), false, () -> false);
        return Files.readString(folder.resolve("run/validation.csv"));
    }

    @Test
    void viewsWithCamerasAreValidatedWithThem() throws IOException {
        TrainConfig config = config(
                "paths: ['%s'], views_per_scene: 2",
                "phases.0.min_views=2",
                "validation={data: [own], scenes: 2, rows: 28, columns: 42, steps: 1, pictures: 1}");
        assertThat(train(config)).startsWith("step,abs_rel,").contains("head_rotation", "rays_rotation_swapped");
        assertThat(folder.resolve("run/report.html")).exists();
        assertThat(folder.resolve("run/pictures/000.png")).exists();
    }

    @Test
    void viewsOfAListAreValidatedWithoutCameras() throws IOException {
        TrainConfig config = config(
                "kind: list, paths: ['%s/list.txt']",
                "loss={ray_direction: 0, ray_origin: 0, point: 0, camera: 0}",
                "validation={data: [own], scenes: 2, views: 1, rows: 28, columns: 42, steps: 1, pictures: 0}");
        assertThat(train(config))
                .startsWith("step,abs_rel,abs_rel_constant,delta1,delta1_constant\n1,")
                .doesNotContain("NaN");
    }

    @Test
    void aDryRunCountsTheViewsOfLaterPhases() {
        TrainConfig config = config(
                "paths: ['%s'], views_per_scene: 2",
                "phases=[%1$s2}, %1$s3}]"
                        .formatted("{data: [own], steps: 1, sizes: [{rows: 28, columns: 42}], scenes_per_step: 2, "
                                + "min_views: "));
        assertThatThrownBy(() -> new TrainingRun(config, line -> {}).dryRun())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("images/0.png to 1.png must have at least 3 views");
    }

    @Test
    void aSceneWithTooFewViewsIsNamed() {
        TrainConfig config = config("paths: ['%s'], views_per_scene: 2", "phases.0.min_views=3");
        assertThatThrownBy(() -> new TrainingRun(config, line -> {}).train(folder.resolve("run"), false, () -> false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("images/0.png to 1.png must have at least 3 views");
    }
}
