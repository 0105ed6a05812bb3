package da3.train.run;

import da3.train.checkpoint.RunFolder;
import da3.train.config.TrainConfig;
import da3.train.config.TrainConfigFile;
import da3.train.config.ValidationSettings;
import da3.train.data.TrainingScene;
import da3.train.mode.TrainingMode;
import da3.train.model.MasterWeights;
import da3.train.yaml.ConfigException;
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
        String name = file.map(Path::toString).orElse(model);
        return measure(measured, TrainConfigFile.parseForModel(text, name, overrides, measured));
    }

    private static ModelEvaluation measure(String model, TrainConfig config) throws IOException {
        MasterWeights weights = MasterWeights.of(config.model(), config.seed());
        return measure(model, config, weights, TrainingModes.of(config, weights.config()));
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
                ValidationSettings settings = config.validation();
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
