package da3.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.BackboneConfig;
import da3.nn.NetworkConfig;
import da3.synthetic.PatternSizes;
import da3.train.model.FineTuning;
import da3.train.model.MasterWeights;
import da3.train.model.TrainedParameters;
import da3.train.yaml.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainConfigTest {

    private static TrainConfig read(String... overrides) {
        return SmallConfig.of(overrides);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sed=3 | keys of the configuration must be among archives, attention, augmentation, checkpoints,",
                "data=[{name: a}] | data.0.paths must be a list of at least one folder or list, got none",
                "data=[{paths: [a]}] | data.0.name must be a string, got none",
                "data=[{name: a, paths: [b], kind: video}] | data.0.kind must be views or colmap or list, got",
                "data=[{name: a, paths: [b], model: c}] | keys of data.0 must be among cameras, depth, depth_scale,",
                "data=[{name: a, paths: [b]}, {name: a, paths: [c]}] | data.name must be unique, got a twice",
                "phases.0.data=[a] | phases.0.data must be among the names in data, of which there are none, got a",
                "engine.worker=2 | keys of engine must be among name, precision, recompute, threads, workers, got"
                        + " worker",
                "engine.workers=0 | engine.workers must be a whole number from 1 to 1024, got 0",
                "engine.workers=two | engine.workers must be a whole number from 1 to 1024, got \"two\"",
                "engine.precision=fp8 | engine.precision: precision must be one of fp32",
                "model.preset=da3-tinny | model.preset: preset must be one of da3-small",
                "model.checkpoint=a | model must have one of preset, network, monocular and checkpoint, got 2 of them",
                "model.network.heads=5 | model.network: backbone heads must be a divisor of the 32 channels, got 5",
                "model={checkpoint: a, depth_unit: meters_at_focal_300} | objective.kind must be metric, since"
                        + " model.depth_unit is meters_at_focal_300, got student",
                "model={checkpoint: a, depth_unit: meters_at_focal_300, lora: {}} | model.depth_unit must not be given"
                        + " with model.lora",
                "phases=[] | phases must have at least one entry, got none",
                "phases.0.sizes.0.rows=113 | phases.0.sizes.0.rows must be a multiple of 14, got 113",
                "phases.3.steps=1 | a list index must be from 0 to 0, got 3 in phases.3.steps=1",
                "phases.0.max_views=1 | phases.0.max_views must be a whole number from 2 to 1024, got 1",
                "phases.0.scenes_per_step=3 | scenes_per_step of a phase must be a multiple of",
                "phases.0.shards=[] | phases.0.shards must be a list of at least one folder where no data is given,"
                        + " got none",
                "optimization.groups.0.pattern=( | optimization.groups.0.pattern must be a regular expression, got (",
                "optimization.groups.0.optimizer=sgd | optimizer must be adamw or muon or frozen, got \"sgd\"",
                "optimization.schedule.warmup_steps=1000 | optimization.schedule: warm-up",
                "augmentation.flip=2 | augmentation.flip must be a number from 0.0 to 1.0, got 2",
                "loss.camera_views=some | loss.camera_views must be all or except_first, got \"some\"",
                "validation.patience=3 | validation.patience must be 0 without scenes in validation.shards or"
                        + " validation.data",
                "validation.best_by=loss | validation.best_by must be abs_rel or delta1 or head_rotation",
                "objective.kind=pupil | objective.kind must be student or teacher or metric or gaussian, got \"pupil\"",
                "render=[{shards: a, sensor: {density: 2}}] | render.0.sensor.density must be a number from 1.0E-6 to"
                        + " 1.0",
                "render=[{shards: a, pattern_unit: 0}] | render.0.pattern_unit must be a number from 1.0E-6 to"
                        + " 1000000.0",
                "labels={from_step: 3} | labels.shards must be a list of at least one folder, got none",
                "loss.camera=-1 | loss.camera must be a number from 0.0 to 1000000.0, got -1",
                "first_scenes | an override must be key=value, got first_scenes",
                "seed.x=1 | the key of an override must lead to a value, got seed.x=1, where seed is 7",
                "seed=[ | the value of an override must be YAML, got seed=[",
            })
    void errorsNameKeyValueAndWhatIsAllowed(String override, String message) {
        assertThatThrownBy(() -> read(override))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void viewsWithoutCamerasTrainDepthOnly() {
        String list = "data=[{name: a, paths: [b], kind: list, depth_scale: 0.001}]";
        String phase = "phases.0={data: [a], steps: 6, sizes: [{rows: 28, columns: 42}], min_views: 1}";
        String loss = "loss={ray_direction: 0, ray_origin: 0, point: 0, camera: 0}";
        assertThatThrownBy(() -> read(list, phase))
                .isInstanceOf(ConfigException.class)
                .hasMessage("loss.ray_direction, loss.ray_origin, loss.point and loss.camera must be 0, since views of "
                        + "phases.0.data have no cameras, got 1.0, 1.0, 1.0 and 1.0");
        assertThatThrownBy(() -> read(list, phase, loss))
                .hasMessage("posed_probability must be 0, since views of phases.0.data have no cameras, got 0.2");
        String[] more = {"posed_probability=0", "validation={data: [a], best_by: rays_fov}"};
        assertThatThrownBy(() -> read(list, phase, loss, more[0], more[1]))
                .hasMessageStartingWith("validation.best_by must be abs_rel or delta1, since views of validation.data");
        assertThatThrownBy(() -> read(list, phase.replace("}]", "}], max_views: 2"), loss, more[0]))
                .hasMessage("phases.0.max_views must be 1, the number of views of a line in a list, got 2");
        for (String kind : List.of("metric", "gaussian")) { // compare lengths and renderings, which need cameras
            String best = kind.equals("metric") ? "abs_rel" : "psnr";
            assertThatThrownBy(
                            () -> read(list, "objective.kind=" + kind, "validation={data: [a], best_by: " + best + "}"))
                    .hasMessage("objective.kind must be student or teacher, since views of validation.data have no "
                            + "cameras, got " + kind);
        }
        TrainConfig config = read(list, phase, loss, more[0]);
        assertThat(config.data().get(0).options().limits().scale()).isEqualTo(0.001);
    }

    @Test
    void namesTheLineOfInvalidYaml() {
        assertThatThrownBy(() -> TrainConfigFile.parse("seed: 1\nphases: [", "run.yaml", List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("run.yaml must be YAML, got what breaks off at line ");
    }

    @Test
    void overridesReachIntoTablesAndLists() {
        TrainConfig config =
                read("phases.0.steps=12", "engine.precision=bf16", "optimization.groups.0.learning_rate=0.5");
        assertThat(config.steps()).isEqualTo(12);
        assertThat(config.optimization().groups().get(0).learningRate()).isEqualTo(0.5);
        assertThat(config.toYaml()).contains("bf16");
    }

    @Test
    void theHashCoversWhatTheWeightsDependOn() {
        assertThat(read("checkpoints.minutes=3").hash()).isEqualTo(read().hash());
        assertThat(read("seed=3").hash()).isNotEqualTo(read().hash());
    }

    @Test
    void theHashOfAnEarlierRunIsUnchanged() throws IOException {
        TrainConfig config = TrainConfigFile.read(
                Path.of("configs", "da3-tiny.yaml"),
                List.of("phases.0.steps=12000", "phases.1.steps=3000", "optimization.schedule.decay_fraction=0.2"));
        assertThat(config.hash()).isEqualTo("1f5b6c75ca54a1b54c9ffd0bf4619cce1822fb7615520b8fc0b8e09e917c71a8");
    }

    @Test
    void theResolvedConfigurationReadsAsTheSame() {
        TrainConfig config = read();
        TrainConfig again = TrainConfigFile.parse(config.toYaml(), "resolved", List.of());
        assertThat(again.hash()).isEqualTo(config.hash());
    }

    @Test
    void theConfigurationForFineTuningIsRead() throws IOException {
        TrainConfig config = TrainConfigFile.read(Path.of("configs", "fine-tune.yaml"), List.of());
        FineTuning settings = config.model().fineTuning().orElseThrow();
        assertThat(settings.base()).isEqualTo("da3-tiny");
        assertThat(settings.trained().kind()).isEqualTo(TrainedParameters.Kind.NONE);
        assertThat(settings.lora().orElseThrow().options().scale()).isEqualTo(2);
    }

    @Test
    void theConfigurationForAGaussianHeadIsRead() throws IOException {
        TrainConfig config = TrainConfigFile.read(
                Path.of("configs", "gaussian-head.yaml"), List.of("model.checkpoint=seeded:da3-tiny"));
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        assertThat(weights.trained(config.optimization()::trains))
                .allMatch(slot -> slot.name().contains(".gs_head."));
        assertThat(config.objective().gaussian().heldOut()).isEqualTo(2);
    }

    @Test
    void lpipsIsRecordedOnlyWhereItsFileIsGiven() throws IOException {
        Path file = Path.of("configs", "gaussian-head.yaml");
        TrainConfig without = TrainConfigFile.read(file, List.of());
        assertThat(without.hash()).isEqualTo("e355fd44deef349e43e0899c096174276be3a9be80fa99de5c4cd980447e8e82");
        assertThat(without.toYaml()).doesNotContain("lpips");
        TrainConfig with = TrainConfigFile.read(file, List.of("objective.lpips_file=lpips.safetensors"));
        assertThat(with.objective().gaussian().weights().lpips()).isEqualTo(0.05);
        assertThat(with.hash()).isNotEqualTo(without.hash());
        assertThatThrownBy(() -> TrainConfigFile.read(file, List.of("objective.lpips=0.1")))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "objective.lpips_file must be a file with the weights of LPIPS, since lpips is given, got none");
    }

    @ParameterizedTest
    @CsvSource({
        "teacher, TEACHER",
        "sensor, TEACHER",
        "mono-student, TEACHER",
        "metric-student, METRIC",
        "any-view-student, STUDENT",
    })
    void theConfigurationsOfTeacherAndStudentsAreRead(String name, ObjectiveKind kind) throws IOException {
        TrainConfig config = TrainConfigFile.read(Path.of("configs", "teacher", name + ".yaml"), List.of());
        assertThat(config.objective().kind()).isEqualTo(kind);
        assertThat(config.render().stream().anyMatch(r -> r.sensor().isPresent()))
                .isEqualTo(name.equals("sensor"));
        assertThat(config.labels().fromStep()).isEqualTo(name.equals("any-view-student") ? 240 : Long.MAX_VALUE);
        assertThat(config.render()).allMatch(r -> r.rendering(1).patternSizes().equals(PatternSizes.inMeters(0.03)));
    }

    @Test
    void everyGroupOfTheOverfitConfigurationHasParameters() throws IOException {
        TrainConfig config = TrainConfigFile.read(Path.of("configs", "overfit.yaml"), List.of());
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        List<OptimizationSettings.Group> groups = config.optimization().groups();
        assertThat(weights.trained(config.optimization()::trains).stream()
                        .map(slot -> config.optimization().groupOf(slot.name()).orElseThrow())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(groups);
    }

    @ParameterizedTest
    @CsvSource({"heads, HEADS", "lora, NONE", "all, ALL"})
    void theConfigurationsThatCompareFineTuningAreRead(String name, TrainedParameters.Kind kind) throws IOException {
        Path file = Path.of("configs", "fine-tuning", name + ".yaml");
        TrainConfig config = TrainConfigFile.read(file, List.of());
        FineTuning settings = config.model().fineTuning().orElseThrow();
        assertThat(settings.base()).isEqualTo("da3-tiny");
        assertThat(settings.trained().kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "depth-rays-camera, 10, 1, 1, false",
        "depth-rays, 10, 1, 0, false",
        "depth-camera, 0, 0, 1, false",
        "separate-reassembly, 10, 1, 1, true",
        "within-views, 10, 1, 1, false",
    })
    void theConfigurationsOfAblationsDifferInOneRespect(
            String name, double ray, double point, double camera, boolean separate) throws IOException {
        TrainConfig config = TrainConfigFile.read(Path.of("configs", "ablations", name + ".yaml"), List.of());
        assertThat(config.loss().rayDirection()).isEqualTo(ray);
        assertThat(config.loss().rayOrigin()).isEqualTo(ray);
        assertThat(config.loss().point()).isEqualTo(point);
        assertThat(config.loss().camera()).isEqualTo(camera);
        NetworkConfig network = config.model().network().orElseThrow().main();
        assertThat(network.head().separateReassembly()).isEqualTo(separate);
        BackboneConfig backbone = network.backbone();
        assertThat(IntStream.range(0, backbone.depth()).anyMatch(backbone::acrossViews))
                .isEqualTo(!name.equals("within-views"));
        assertThat(backbone.ropeStart()).isEqualTo(2);
        assertThat(backbone.qkNormStart()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"da3-tiny.yaml", "overfit.yaml"})
    void theConfigurationsInTheProjectAreRead(String name) throws IOException {
        Path file = Path.of("configs", name);
        assertThat(Files.exists(file)).isTrue();
        TrainConfig config = TrainConfigFile.read(file, List.of());
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        assertThat(weights.trained(config.optimization()::trains))
                .hasSize(weights.shapes().size());
        assertThat(weights.count()).isBetween(7_000_000L, 10_000_000L);
        assertThat(config.optimization()
                        .groupOf("model.backbone.pretrained.blocks.3.attn.qkv.weight")
                        .orElseThrow())
                .extracting(OptimizationSettings.Group::kind)
                .isEqualTo(OptimizationSettings.Kind.MUON);
    }
}
