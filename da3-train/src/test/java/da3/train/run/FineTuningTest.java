package da3.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.io.Npz;
import da3.synthetic.SceneFamily;
import da3.synthetic.shard.ShardRendering;
import da3.train.checkpoint.MergedCheckpoint;
import da3.train.checkpoint.SmallModel;
import da3.train.config.ObjectiveKind;
import da3.train.config.SmallConfig;
import da3.train.config.TrainConfig;
import da3.train.config.ValidationMetric;
import da3.train.data.ShardScenes;
import da3.train.data.TrainingScene;
import da3.train.lora.PeftFiles;
import da3.train.model.MasterWeights;
import da3.train.optimizer.ParameterSlot;
import da3.train.yaml.ConfigException;
import da3.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of a small network that start from a checkpoint. */
class FineTuningTest {

    private static final String LICENSE = "CC-BY-NC-4.0";
    private static final List<String> RESUMABLE = List.of(
            "model.safetensors",
            "adapter/adapter_model.safetensors",
            "ema/model.safetensors",
            "ema/adapter/adapter_model.safetensors",
            "training/state.safetensors");

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();

    @BeforeAll
    static void writeBaseAndScenes() throws IOException {
        SmallModel.write(shared.resolve("base"), 7, LICENSE);
        new ShardRendering(1, 4, 4, SceneFamily.forTraining(), 28, 42, 1).write(shared.resolve("shards"), done -> {});
    }

    private static TrainConfig config(String model, String... more) {
        List<String> overrides = new ArrayList<>(List.of(
                "model={checkpoint: '" + shared.resolve("base") + "', " + model + "}",
                "phases.0.shards=[" + shared.resolve("shards") + "]",
                "phases.0.steps=4",
                "phases.0.scenes_per_step=2",
                "posed_probability=0.5"));
        overrides.addAll(List.of(more));
        return SmallConfig.of(overrides.toArray(String[]::new));
    }

    private Path train(TrainConfig config, Path to, boolean resume, int steps) throws IOException {
        int[] calls = {0};
        new TrainingRun(config, lines::add).train(to, resume, () -> calls[0]++ == steps);
        return to.resolve("checkpoints/latest");
    }

    private static Map<String, float[]> tensors(Path model) throws IOException {
        Map<String, float[]> tensors = new TreeMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(model.resolve("model.safetensors"))) {
            for (String name : file.tensors().keySet()) {
                float[] values = new float[(int) file.tensors().get(name).elements()];
                file.readFloats(name, FloatBuffer.wrap(values));
                tensors.put(name, values);
            }
        }
        return tensors;
    }

    /** Returns the names of the tensors that differ from those of the base. */
    private static TreeSet<String> changed(Path model) throws IOException {
        Map<String, float[]> base = tensors(shared.resolve("base"));
        TreeSet<String> names = new TreeSet<>();
        tensors(model).forEach((name, values) -> {
            if (!Arrays.equals(values, base.get(name))) {
                names.add(name);
            }
        });
        return names;
    }

    @Test
    void aResumedRunOfAdaptersEndsInTheSameBytes() throws IOException {
        TrainConfig config = config("lora: {rank: 2}");
        Path whole = train(config, folder.resolve("whole"), false, 100);
        train(config, folder.resolve("parts"), false, 2);
        Path parts = train(config, folder.resolve("parts"), true, 100);
        for (String file : RESUMABLE) {
            assertThat(parts.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        assertThat(changed(whole)).isNotEmpty().allMatch(name -> name.matches(".*\\.(qkv|proj|fc1|fc2)\\.weight"));
        assertThat(changed(whole)).hasSizeGreaterThanOrEqualTo(4 * 4); // in each of four blocks
    }

    @Test
    void mergingTheAdapterGivesTheModelOfTheCheckpoint() throws IOException {
        Path checkpoint = train(config("train: heads, lora: {rank: 2, alpha: 3}"), folder.resolve("run"), false, 100);
        Path merged = folder.resolve("merged");
        String base = shared.resolve("base").toString();
        try (ModelSource source = ModelSource.open(ModelReference.parse(base), ModelSource.hub())) {
            MergedCheckpoint.write(source, base, PeftFiles.read(checkpoint.resolve("adapter")), merged);
        }
        for (String file : List.of("model.safetensors", "config.json")) {
            assertThat(merged.resolve(file)).hasSameBinaryContentAs(checkpoint.resolve(file));
        }
    }

    @Test
    void headsOnlyLeavesTheBackboneUntouchedAndWithoutState() throws IOException {
        TrainConfig config = config("train: heads");
        Path checkpoint = train(config, folder, false, 100);
        assertThat(changed(checkpoint)).isNotEmpty().noneMatch(name -> name.contains(".backbone."));
        assertThat(changed(checkpoint.resolve("ema"))).isNotEmpty().noneMatch(name -> name.contains(".backbone."));
        try (SafetensorsFile state = SafetensorsFile.open(checkpoint.resolve("training/state.safetensors"))) {
            assertThat(state.tensors().keySet()).isNotEmpty().noneMatch(name -> name.contains(".backbone."));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train: all | blocks.0.norm1.weight, patch_embed.proj.weight, norm.weight | ",
                "train: last_blocks, train_blocks: 1 | blocks.3.norm1.weight, .norm.weight, cam_dec.fc_t.bias "
                        + "| blocks.2.norm1.weight, pos_embed",
                "train: patterns, train_patterns: ['blocks.1.'] | blocks.1.norm1.weight | cam_dec.fc_t.bias",
                "lora: {targets: [attn.qkv]} | attn.qkv.lora_A.weight | attn.proj.lora_A.weight, cam_dec.fc_t.bias",
                "train: all, lora: {} | mlp.fc2.lora_B.weight, mlp.fc2.bias | mlp.fc2.weight"
            })
    void trainsTheChosenParameters(String model, String trained, String frozen) throws IOException {
        TrainConfig config = config(model);
        List<String> names = MasterWeights.of(config.model(), 1).trained(config.optimization()::trains).stream()
                .map(ParameterSlot::name)
                .toList();
        for (String end : trained.split(", ")) {
            assertThat(names).anyMatch(name -> name.endsWith(end));
        }
        for (String end : frozen == null ? new String[0] : frozen.split(", ")) {
            assertThat(names).noneMatch(name -> name.endsWith(end));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train: last_blocks, train_blocks: 0 | model.train_blocks must be positive with train: last_blocks",
                "train_blocks: 1 | model.train_blocks must be positive with train: last_blocks, and otherwise 0, got 1",
                "train: patterns | model.train_patterns must be given with train: patterns",
                "train: patterns, train_patterns: ['('] | model.train_patterns must be a list of regular expressions",
                "train: some | model.train must be all or heads or last_blocks or patterns or none",
                "train: none | model.train and optimization.groups must leave parameters to train, got none",
                "lora: {rank: 0} | model.lora.rank must be a whole number from 1",
                "lora: {targets: [w12]} | model.lora: targets must be among the linear maps of the network, got [w12]"
            })
    void errorsNameKeyValueAndWhatIsAllowed(String model, String message) {
        assertThatThrownBy(() -> {
                    TrainConfig config = config(model);
                    MasterWeights.of(config.model(), 1).trained(config.optimization()::trains);
                })
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void everyValidationIsComparedWithTheBase() throws IOException {
        TrainConfig config = config(
                "lora: {rank: 2}",
                "validation={scenes: 3, rows: 28, columns: 42, steps: 2, shards: ['" + shared.resolve("shards")
                        + "']}");
        train(config, folder, false, 2);
        train(config, folder, true, 100);
        List<String> rows = Files.readAllLines(folder.resolve("validation.csv"));
        assertThat(rows).hasSize(1 + 2);
        List<String> header = List.of(rows.get(0).split(","));
        String[] first = rows.get(1).split(",");
        String[] second = rows.get(2).split(",");
        for (ValidationMetric metric : ObjectiveKind.STUDENT.metrics()) {
            int column = header.indexOf("base_" + metric.id());
            assertThat(first[column]).isEqualTo(second[column]);
        }
        assertThat(first[header.indexOf("base_abs_rel")]).isNotEqualTo(first[header.indexOf("abs_rel")]);
        assertThat(lines).anyMatch(line -> line.matches("(better|worse) than the base: abs_rel .*, base .*"));
    }

    @Test
    void theLicenseOfTheBaseIsRepeated() throws IOException {
        Path checkpoint = train(config("lora: {rank: 2}"), folder, false, 1);
        for (String file : List.of("config.json", "ema/config.json", "adapter/adapter_config.json")) {
            assertThat(new ObjectMapper()
                            .readTree(checkpoint.resolve(file).toFile())
                            .path("license")
                            .asText())
                    .as(file)
                    .isEqualTo(LICENSE);
        }
        assertThat(lines).anyMatch(line -> line.endsWith("whose license applies to the result: " + LICENSE));
        try (ModelSource result = ModelSource.open(ModelReference.parse(checkpoint.toString()), ModelSource.hub())) {
            assertThat(result.license()).contains(LICENSE);
        }
    }

    @Test
    void archivesOfTheExportAreTrainingScenes() throws IOException {
        Path archives = Files.createDirectories(folder.resolve("archives"));
        try (ShardScenes scenes = ShardScenes.open(List.of(shared.resolve("shards")))) {
            for (int i = 0; i < 2; i++) {
                Path exported = Npz.write(scene(scenes.read(i)), folder.resolve("export" + i));
                Files.copy(exported, archives.resolve(i + ".npz"));
            }
        }
        TrainConfig config = config(
                "train: heads",
                "phases.0.shards=[" + archives + "]",
                "archives={depth_scale: 2, max_depth: 100}",
                "validation={scenes: 2, rows: 28, columns: 42, steps: 2, shards: ['" + archives + "']}");
        train(config, folder.resolve("run"), false, 2);
        assertThat(Files.readAllLines(folder.resolve("run/train.csv"))).hasSize(1 + 2);
        new TrainingRun(config, lines::add).dryRun();
        assertThat(lines).contains("data: checked 2 scenes");
    }

    private static Scene scene(TrainingScene scene) {
        List<View> views = new ArrayList<>();
        for (int view = 0; view < scene.views(); view++) {
            TrainingScene one = scene.subset(new int[] {view});
            views.add(new View(
                    new Image(scene.columns(), scene.rows(), one.rgb()),
                    new ScalarMap(scene.columns(), scene.rows(), one.depth()),
                    Optional.empty(),
                    Optional.of(one.camera(0))));
        }
        return new Scene(views, Optional.empty(), false);
    }

    @Test
    void aRunOfAdaptersDoesNotResumeOnAnotherBase() throws IOException {
        train(config("lora: {rank: 2}"), folder.resolve("run"), false, 1);
        SmallModel.write(folder.resolve("other"), 8, LICENSE);
        TrainConfig other = config("lora: {rank: 2}", "model.checkpoint=" + folder.resolve("other"));
        assertThatThrownBy(() -> train(other, folder.resolve("run"), true, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.checkpoint must be the base of the run");
    }
}
