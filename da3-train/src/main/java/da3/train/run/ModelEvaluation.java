package da3.train.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.train.data.TrainingScene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures a model on the validation scenes of a configuration, with the metrics of the validations of a run.
 *
 * @param model path or name of the measured model
 * @param scenes number of scenes
 * @param views number of views of each scene
 * @param rows height of the images in pixels
 * @param columns width of the images in pixels
 * @param metrics values by name; NaN where a metric is not defined, for instance the rotation of a single view
 */
public record ModelEvaluation(String model, int scenes, int views, int rows, int columns, Map<String, Double> metrics) {

    /**
     * Measures a model.
     *
     * @param model folder of a run, whose best checkpoint is used, or the path or name of a model
     * @param file configuration with the scenes; the configuration of the run if it is absent
     * @param overrides as in {@link TrainConfigFile#read}
     * @throws ConfigException if a key or value is not allowed, no scenes are configured, or there is no configuration
     * @throws IOException if a file cannot be read
     */
    public static ModelEvaluation of(String model, Optional<Path> file, List<String> overrides) throws IOException {
        Optional<RunFolder> run = RunFolder.of(model);
        if (file.isEmpty() && run.isEmpty()) {
            throw new ConfigException(
                    "model must be the directory of a run if no configuration names scenes to evaluate on, got "
                            + model);
        }
        String text = file.isPresent()
                ? Files.readString(file.get())
                : run.orElseThrow().config();
        String measured = run.isPresent() ? run.get().model().toString() : model;
        return measure(measured, config(text, file.map(Path::toString).orElse(model), overrides, measured));
    }

    /** Reads a configuration, but with another model. A run needs trained parameters; the head is in every network. */
    private static TrainConfig config(String text, String name, List<String> overrides, String model) {
        ObjectNode tree = (ObjectNode) TrainConfigFile.tree(text, name, overrides);
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode settings = nodes.objectNode().put("checkpoint", model).put("train", "patterns");
        settings.putArray("train_patterns").add("\\.head\\.");
        tree.set("model", settings);
        ObjectNode optimization = nodes.objectNode();
        optimization.putArray("groups").addObject().put("pattern", ".");
        optimization.putObject("schedule").put("warmup_steps", 0);
        tree.set("optimization", optimization);
        return TrainConfig.read(tree);
    }

    private static ModelEvaluation measure(String model, TrainConfig config) throws IOException {
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        return measure(model, config, weights, TrainingMode.of(config, weights.config()));
    }

    private static <P> ModelEvaluation measure(
            String model, TrainConfig config, MasterWeights weights, TrainingMode<P> mode) throws IOException {
        try (RunData data = new RunData(config)) {
            List<TrainingScene> scenes = data.validationScenes();
            if (scenes.isEmpty()) {
                throw new ConfigException(
                        "validation.shards or validation.data must name scenes to evaluate on, got none");
            }
            try (TrainingResources<P> machine = TrainingResources.start(config, weights, mode)) {
                TrainConfig.ValidationSettings settings = config.validation();
                return new ModelEvaluation(
                        model,
                        settings.scenes(),
                        settings.views(),
                        settings.rows(),
                        settings.columns(),
                        mode.validation(scenes, 0).measure(machine.workers()).metrics());
            }
        }
    }
}
