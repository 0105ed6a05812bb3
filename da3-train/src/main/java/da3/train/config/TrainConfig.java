package da3.train.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import da3.nn.ModelConfig.DepthUnit;
import da3.train.data.ArchiveScenes;
import da3.train.data.Augmentation;
import da3.train.model.FineTuning;
import da3.train.model.ModelSettings;
import da3.train.objective.CameraViews;
import da3.train.objective.StudentWeights;
import da3.train.yaml.ConfigException;
import da3.train.yaml.Section;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The configuration of a run.
 *
 * @param seed seed of all random draws
 * @param objective what the network is trained for
 * @param render scenes to render before the run
 * @param phases consecutive phases of the run
 * @param data scenes from files of the user
 * @param labels labels of a teacher that replace the truth during the run
 * @param depthLimits how the depth of archives is read
 * @param firstScenes number of scenes of the shards of each phase that are used; 0 for all
 * @param fixedViews whether scenes use their first views in order instead of random subsets
 * @param posedProbability probability that the network is given the cameras of a batch
 * @param loss weights of the student objective
 * @param contrastive an additional loss that teaches cross-view matching
 * @param attention an additional loss that supervises attention across views
 * @param optimization optimizers, schedule, clipping, averages
 * @param resolved all keys with their effective values
 */
public record TrainConfig(
        long seed,
        ObjectiveSettings objective,
        ModelSettings model,
        List<RenderSettings> render,
        List<PhaseSettings> phases,
        List<DataSettings> data,
        LabelSettings labels,
        ArchiveScenes.DepthLimits depthLimits,
        int firstScenes,
        boolean fixedViews,
        Augmentation augmentation,
        double posedProbability,
        StudentWeights loss,
        ContrastiveSettings contrastive,
        AttentionSettings attention,
        OptimizationSettings optimization,
        EngineSettings engine,
        ValidationSettings validation,
        CheckpointSettings checkpoints,
        ObjectNode resolved) {

    /**
     * Reads a configuration.
     *
     * @throws ConfigException if a key or a value is not allowed
     */
    static TrainConfig read(JsonNode tree) {
        Section root = Section.root(tree);
        long seed = root.integer("seed", 1L, 0, Long.MAX_VALUE);
        ModelSettings model = ModelSettings.read(root.section("model"));
        List<RenderSettings> render = root.sections("render", RenderSettings::read);
        List<PhaseSettings> phases = root.sections("phases", PhaseSettings::read);
        if (phases.isEmpty()) {
            throw new ConfigException("phases must have at least one entry, got none");
        }
        List<DataSettings> data = root.has("data") ? root.sections("data", DataSettings::read) : List.of();
        // absent keys of later versions are not recorded, so that the hashes of existing configurations remain valid
        ObjectiveSettings objective =
                root.has("objective") ? part(root, "objective", ObjectiveSettings::read) : ObjectiveSettings.STUDENT;
        boolean student = objective.kind() == ObjectiveKind.STUDENT;
        boolean anyView = student || objective.kind() == ObjectiveKind.GAUSSIAN;
        TrainConfig config = new TrainConfig(
                seed,
                objective,
                model,
                render,
                phases,
                data,
                root.has("labels") ? part(root, "labels", LabelSettings::read) : LabelSettings.NONE,
                root.has("archives")
                        ? part(root, "archives", TrainConfig::depthLimits)
                        : ArchiveScenes.DepthLimits.NONE,
                root.integer("first_scenes", 0, 0, Integer.MAX_VALUE),
                root.flag("fixed_views", false),
                part(root, "augmentation", TrainConfig::augmentation),
                anyView ? root.number("posed_probability", 0.2, 0, 1) : 0,
                student ? part(root, "loss", TrainConfig::loss) : StudentWeights.defaults(),
                student ? part(root, "contrastive", ContrastiveSettings::read) : ContrastiveSettings.NONE,
                student ? part(root, "attention", AttentionSettings::read) : AttentionSettings.NONE,
                part(root, "optimization", OptimizationSettings::read),
                part(root, "engine", EngineSettings::read),
                part(root, "validation", ValidationSettings::read),
                part(root, "checkpoints", CheckpointSettings::read),
                root.resolved());
        root.finish();
        if (!objective.kind().metrics().contains(config.validation.bestBy())) {
            throw new ConfigException("validation.best_by must be a metric of the objective, "
                    + objective.kind().metrics().stream()
                            .map(ValidationMetric::id)
                            .collect(Collectors.joining(" or "))
                    + ", got " + config.validation.bestBy().id());
        }
        boolean meters = config.model
                .fineTuning()
                .flatMap(FineTuning::depthUnit)
                .equals(Optional.of(DepthUnit.METERS_AT_FOCAL_300));
        if (meters && objective.kind() != ObjectiveKind.METRIC) {
            throw new ConfigException(
                    "objective.kind must be metric, since model.depth_unit is meters_at_focal_300, got "
                            + objective.kind().id());
        }
        DataChecks.check(config);
        config.optimization.schedule().of(config.steps()); // rejects schedules that do not fit into the run
        for (PhaseSettings phase : phases) {
            int batches = config.batches();
            if (phase.phase().scenesPerStep() % batches != 0) {
                throw new ConfigException("scenes_per_step of a phase must be a multiple of engine.workers times "
                        + "optimization.accumulation, " + batches + ", got "
                        + phase.phase().scenesPerStep());
            }
        }
        return config;
    }

    private static <T> T part(Section root, String key, Function<Section, T> read) {
        Section part = root.section(key);
        T value = root.checked(key, r -> read.apply(part));
        part.finish();
        return value;
    }

    private static ArchiveScenes.DepthLimits depthLimits(Section s) {
        return new ArchiveScenes.DepthLimits(s.number("depth_scale", 1, 1e-9, 1e9), s.number("max_depth", 0, 0, 1e9));
    }

    private static Augmentation augmentation(Section s) {
        Augmentation d = Augmentation.NONE;
        return new Augmentation(
                s.number("min_crop", d.minCrop(), 0.1, 1),
                s.number("shift", d.shift(), 0, 1),
                s.number("flip", d.flip(), 0, 1),
                s.number("brightness", d.brightness(), 0, 1),
                s.number("contrast", d.contrast(), 0, 1),
                s.number("gamma", d.gamma(), 0, 2),
                s.number("saturation", d.saturation(), 0, 1),
                s.number("hue", d.hue(), 0, 0.5),
                s.number("per_view", d.perView(), 0, 1),
                s.number("noise", d.noise(), 0, 1),
                s.number("grayscale", d.grayscale(), 0, 1));
    }

    private static StudentWeights loss(Section s) {
        StudentWeights d = StudentWeights.defaults();
        return new StudentWeights(
                weight(s, "depth", d.depth()),
                weight(s, "ray_direction", d.rayDirection()),
                weight(s, "ray_origin", d.rayOrigin()),
                weight(s, "point", d.point()),
                weight(s, "camera", d.camera()),
                weight(s, "field_of_view", d.fieldOfView()),
                weight(s, "gradient", d.gradient()),
                weight(s, "confidence", d.confidence()),
                s.number("depth_quantile", d.depthQuantile(), 0.01, 1),
                s.choice("camera_views", CameraViews.ALL));
    }

    private static double weight(Section s, String key, double absent) {
        return s.number(key, absent, 0, 1e6);
    }

    /**
     * Returns the settings of the user's data that scenes belong to.
     *
     * @param scenes scenes of a phase or of the validation of this configuration
     */
    public List<DataSettings> data(SceneNames scenes) {
        return scenes.data().stream()
                .map(name -> DataChecks.named(data, name).orElseThrow())
                .toList();
    }

    /** Returns the number of steps of the whole run. */
    public long steps() {
        return phases.stream().mapToLong(p -> p.phase().steps()).sum();
    }

    /** Returns the batches that a step is split into: one for each worker and round of accumulation. */
    public int batches() {
        return engine.workers() * optimization.accumulation();
    }

    /** Returns all keys with their effective values, as YAML. */
    public String toYaml() {
        try {
            return new YAMLMapper().writeValueAsString(resolved);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a digest of all keys that affect the weights, which excludes those of checkpoints and validation. */
    public String hash() {
        ObjectNode relevant = resolved.deepCopy();
        relevant.remove(List.of("checkpoints", "validation", "render"));
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(relevant.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java runtime has it
        }
    }
}
