package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.geometry.Image;
import da3.train.config.MonocularConfig;
import da3.train.config.TrainConfig;
import da3.train.data.ArchiveScenes;
import da3.train.data.SceneCheck;
import da3.train.data.SceneSource;
import da3.train.data.SceneSources;
import da3.train.data.TrainingScene;
import da3.train.data.UserFiles;
import da3.train.label.LabeledScenes;
import da3.train.label.Labeling;
import da3.train.label.TeacherLabels;
import da3.train.yaml.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mono student that is trained on images which a teacher labels. */
class LabeledImagesRunTest {

    @TempDir
    Path folder;

    private final List<String> skipped = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        image("a.png", 60, 40);
        image("b.png", 30, 50);
        image("c.png", 3, 600); // too elongated
        Files.writeString(folder.resolve("images/d.png"), "damaged");
    }

    private void image(String name, int width, int height) throws IOException {
        byte[] rgb = new byte[3 * width * height];
        new Random(width).nextBytes(rgb);
        UserFiles.image(folder.resolve("images").resolve(name), new Image(width, height, rgb));
    }

    private LabeledScenes label(boolean aligned) throws IOException {
        try (DepthAnything3 teacher = DepthAnything3.load(
                        "seeded:da3mono-tiny", EngineOptions.defaults().withThreads(1));
                SceneSource images = SceneSources.openForLabels(
                        List.of(folder.resolve("images")), ArchiveScenes.DepthLimits.NONE, 42)) {
            return new Labeling(new TeacherLabels(teacher, aligned), images, Map.of())
                    .write(0, folder.resolve("labels"), done -> {}, skipped::add);
        }
    }

    @Test
    void aMonoStudentTrainsOnTheLabels() throws IOException {
        assertThat(label(false)).isEqualTo(new LabeledScenes(2, 2, 0, 2));
        assertThat(skipped).hasSize(2);
        assertThat(skipped.get(0)).startsWith(folder.resolve("images/c.png").toString());
        assertThat(skipped.get(1)).startsWith(folder.resolve("images/d.png").toString());
        Path labels = folder.resolve("labels");
        SceneSource scenes = SceneSources.open(List.of(labels), ArchiveScenes.DepthLimits.NONE);
        assertThat(scenes.hasCameras()).isFalse();
        TrainingScene first = scenes.read(0);
        assertThat(List.of(first.rows(), first.columns())).containsExactly(28, 42);
        SceneCheck.check(first, "a");

        TrainConfig config = MonocularConfig.of(
                labels, "phases.0.steps=1", "optimization.schedule={warmup_steps: 0}", "validation=null");
        Path run = folder.resolve("run");
        new TrainingRun(config, line -> {}).train(run, false, () -> false);
        List<String> rows = Files.readAllLines(run.resolve("train.csv"));
        int total = List.of(rows.get(0).split(",")).indexOf("loss_total");
        assertThat(Double.parseDouble(rows.get(1).split(",")[total]))
                .isPositive()
                .isFinite();
    }

    @Test
    void objectivesThatNeedCamerasRejectTheLabels() throws IOException {
        label(false);
        TrainConfig config = MonocularConfig.of(
                folder.resolve("labels"),
                "objective={kind: metric}",
                "model.monocular.depth_unit=meters_at_focal_300",
                "validation=null");
        assertThatThrownBy(() -> new TrainingRun(config, line -> {}).train(folder.resolve("run"), false, () -> false))
                .isInstanceOf(ConfigException.class)
                .hasMessage("objective.kind must be teacher, since archives in " + folder.resolve("labels")
                        + " have no cameras, got metric");
    }

    @Test
    void labelsOfImagesCannotBeAligned() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> label(true))
                .withMessage("aligned must be false for scenes without measured depth to align labels with, got true");
    }
}
