package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path config;

    @BeforeEach
    void write() throws IOException {
        config = Files.writeString(
                folder.resolve("run.yaml"),
                """
                model:
                  network:
                    {image_size: 56, dim: 32, depth: 4, heads: 2, alt_start: 1, out_layers: [0, 1, 2, 3],
                     features: 8, channels: [8, 12, 16, 16], camera_blocks: 1, camera_heads: 2}
                render:
                  - {shards: "%1$s/shards", scenes: 2, rows: 28, columns: 42}
                phases:
                  - {steps: 2, shards: ["%1$s/shards"], sizes: [{rows: 28, columns: 42}], scenes_per_step: 2}
                optimization:
                  groups: [{pattern: ".", optimizer: adamw}]
                  schedule: {warmup_steps: 0}
                checkpoints: {log_steps: 1}
                """
                        .formatted(folder));
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine(arguments);
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return Main.execute(commandLine, arguments);
    }

    @Test
    void rendersTrainsAndResumes() {
        String run = folder.resolve("run").toString();
        assertThat(run("train", "render", "--config", config.toString())).isZero();
        assertThat(out.toString()).contains("2 scenes in " + folder.resolve("shards"));
        assertThat(run("train", "--config", config.toString(), "--out", run)).isZero();
        assertThat(out.toString()).contains("step 2 of 2, loss ");
        String[] longer = {"train", "--config", config.toString(), "--out", run, "--resume", "auto", "phases.0.steps=3"
        };
        assertThat(run(longer)).isZero();
        assertThat(out.toString()).contains("resumed from ").contains("step 3 of 3, loss ");
        assertThat(folder.resolve("run/checkpoints/latest/ema/model.safetensors"))
                .exists();
    }

    @Test
    void mergesAnAdapterIntoItsBase() throws IOException {
        assertThat(run("train", "render", "--config", config.toString())).isZero();
        String base = folder.resolve("base").toString();
        assertThat(run("train", "--config", config.toString(), "--out", base)).isZero();
        String checkpoint = base + "/checkpoints/latest";
        String tuned = folder.resolve("tuned").toString();
        String model = "model={checkpoint: '" + checkpoint + "', lora: {rank: 2}}";
        assertThat(run("train", "--config", config.toString(), "--out", tuned, model))
                .as(err.toString())
                .isZero();
        Path merged = folder.resolve("merged");
        Path latest = folder.resolve("tuned/checkpoints/latest");
        String[] merge = {
            "train",
            "lora-merge",
            latest.resolve("adapter").toString(),
            "--base",
            checkpoint,
            "--out",
            merged.toString()
        };
        assertThat(run(merge)).as(err.toString()).isZero();
        assertThat(merged.resolve("model.safetensors")).hasSameBinaryContentAs(latest.resolve("model.safetensors"));
        assertThat(run(merge)).isEqualTo(1); // does not replace a model
        assertThat(err.toString()).contains(merged.resolve("model.safetensors").toString());
    }

    @Test
    void labelsScenesWithATeacher() throws IOException {
        assertThat(run("train", "render", "--config", config.toString())).isZero();
        Path labels = folder.resolve("labels");
        String[] label = {
            "train",
            "label",
            folder.resolve("shards").toString(),
            "--teacher",
            "seeded:da3mono-tiny",
            "--relative",
            "--scenes",
            "1",
            "--threads",
            "1",
            "--out",
            labels.toString()
        };
        assertThat(run(label)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("8 views of 1 scene in " + labels + "; 0 views without a label");
        assertThat(labels.resolve("scene-000000.npz")).exists();
        FileTime written = Files.getLastModifiedTime(labels.resolve("scene-000000.npz"));
        label[7] = "2";
        assertThat(run(label)).as(err.toString()).isZero(); // adds the second scene
        assertThat(out.toString()).contains("16 views of 2 scenes in " + labels + "; 0 views without a label");
        assertThat(Files.getLastModifiedTime(labels.resolve("scene-000000.npz")))
                .isEqualTo(written);
        assertThat(run(with(label, "--depth-scale=2", "--max-depth=9", "--max-side=42"))) // not used for shards
                .as(err.toString())
                .isZero();
        label[5] = "--max-depth=9";
        assertThat(run(label)).isEqualTo(1); // does not mix two sets of labels
        assertThat(err.toString())
                .contains("relative of a labeling that continues " + labels.resolve("labels.jsonl")
                        + " must be \"true\" as before, got \"false\"; use another folder for other labels");
        label[2] = labels.toString();
        label[11] = folder.resolve("again").toString();
        assertThat(run(label)).as(err.toString()).isZero();
        assertThat(run(with(label, "--max-side=42"))).as(err.toString()).isZero(); // not used for archives
        label[5] = "--max-depth=8";
        assertThat(run(label)).isEqualTo(1);
        assertThat(err.toString()).contains("maximum depth of a labeling that continues ");
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void labelsAFolderOfImages() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        ImageIO.write(
                new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB),
                "png",
                images.resolve("a.png").toFile());
        Files.writeString(images.resolve("b.jpg"), "damaged");
        Path labels = folder.resolve("labels");
        List<String> label = List.of("train", "label", images.toString(), "--teacher", "seeded:da3mono-tiny");
        List<String> to = List.of("--threads", "1", "--max-side", "42", "--out", labels.toString());
        String[] aligned = Stream.of(label, to).flatMap(List::stream).toArray(String[]::new);
        assertThat(run(aligned)).isEqualTo(1);
        assertThat(err.toString())
                .contains("--relative must be true for images, which have no measured depth to align labels with, "
                        + "got false");
        String[] relative = Stream.of(label, List.of("--relative"), to)
                .flatMap(List::stream)
                .toArray(String[]::new);
        assertThat(run(relative)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("1 view of 1 scene in " + labels + "; 0 views without a label; 1 scene skipped, to be "
                        + "tried again by the next call");
        assertThat(err.toString()).contains(images.resolve("b.jpg") + ": is not an image of a supported format");
        ImageIO.write(
                new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB),
                "jpg",
                images.resolve("b.jpg").toFile());
        assertThat(run(with(relative, "--depth-scale=2"))).as(err.toString()).isZero();
        assertThat(out.toString()).contains("2 views of 2 scenes in " + labels + "; 0 views without a label\n");
        relative[9] = "28";
        assertThat(run(relative)).isEqualTo(1);
        assertThat(err.toString()).contains("maximum side of a labeling that continues ");
    }

    @Test
    void evaluatesExportsAndReportsARun() throws IOException {
        assertThat(run("train", "render", "--config", config.toString())).isZero();
        String run = folder.resolve("run").toString();
        String validation =
                "validation={shards: ['%s/shards'], scenes: 2, rows: 28, columns: 42, steps: 2, pictures: 1}"
                        .formatted(folder);
        assertThat(run("train", "--config", config.toString(), "--out", run, validation))
                .as(err.toString())
                .isZero();
        assertThat(folder.resolve("run/report.html")).content().contains("<svg", "abs_rel", "data:image/png;base64,");
        Files.delete(folder.resolve("run/report.html"));
        assertThat(run("train", "report", run)).isZero();
        assertThat(folder.resolve("run/report.html")).content().contains("loss_total", "scenes_per_step: 2");
        assertThat(run("train", "evaluate", run)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("on 2 scenes of 2 views of 28x42").containsPattern("abs_rel +\\d");
        String exported = folder.resolve("exported").toString();
        assertThat(run("train", "export", run, exported, "--precision", "BF16"))
                .as(err.toString())
                .isZero();
        assertThat(folder.resolve("exported/config.json"))
                .hasSameBinaryContentAs(folder.resolve("run/checkpoints/best/ema/config.json"));
        out.getBuffer().setLength(0);
        String[] evaluate = {
            "train", "evaluate", exported, "--config", config.toString(), "--json", validation, "validation.scenes=1"
        };
        assertThat(run(evaluate)).as(err.toString()).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("scenes").asInt()).isEqualTo(1);
        assertThat(json.path("metrics").path("abs_rel").asDouble()).isPositive();
    }

    @Test
    void whatIsNotARunIsReported() {
        String none = folder.resolve("none").toString();
        for (String command : new String[] {"report", "evaluate"}) {
            assertThat(run("train", command, none)).isEqualTo(1);
        }
        assertThat(err.toString())
                .contains(none + " must be the directory of a run")
                .contains("model must be the directory of a run if no configuration names scenes to evaluate on, got "
                        + none);
        err.getBuffer().setLength(0);
        assertThat(run("train", "export", none, none + "/x")).isEqualTo(1);
        assertThat(err.toString()).contains(none + " must be the directory of a run");
    }

    @Test
    void unknownKeysAndAMissingConfigurationAreReported() {
        assertThat(run("train", "--config", config.toString(), "seeed=2")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("da3: keys of the configuration must be among ")
                .endsWith(" got seeed\n");
        assertThat(run("train")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required option: '--config=FILE'");
    }
}
