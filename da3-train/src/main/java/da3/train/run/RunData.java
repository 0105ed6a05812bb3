package da3.train.run;

import da3.train.data.BatchSource;
import da3.train.data.FirstScenes;
import da3.train.data.Phase;
import da3.train.data.SceneAugmentation;
import da3.train.data.SceneCheck;
import da3.train.data.SceneSource;
import da3.train.data.SceneSources;
import da3.train.data.TrainingScene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The open scenes of a run: shards, or archives if the first folder has any. */
final class RunData implements AutoCloseable {

    private final TrainConfig config;
    private final Map<List<String>, SceneSource> open = new LinkedHashMap<>();

    /**
     * Opens the scenes of all phases.
     *
     * @throws IOException if a folder or shard cannot be read
     */
    RunData(TrainConfig config) throws IOException {
        this.config = config;
        try {
            for (PhaseSettings phase : config.phases()) {
                scenes(phase.shards());
            }
            if (config.labels() != LabelSettings.NONE) {
                scenes(config.labels().shards());
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private SceneSource scenes(List<String> folders) throws IOException {
        SceneSource scenes = open.get(folders);
        if (scenes == null) {
            List<Path> paths = folders.stream().map(Path::of).toList();
            scenes = SceneSources.open(paths, config.depthLimits());
            open.put(folders, scenes);
        }
        return scenes;
    }

    /** Returns the batches of the run. */
    BatchSource batches() throws IOException {
        List<BatchSource.PhaseData> phases = new ArrayList<>();
        long start = 0;
        for (PhaseSettings settings : config.phases()) {
            Phase phase = settings.phase();
            long before = config.labels().stepsBefore(phase, start);
            add(phase.withSteps(before), settings.shards(), phases);
            add(phase.withSteps(phase.steps() - before), config.labels().shards(), phases);
            start += phase.steps();
        }
        return new BatchSource(
                phases,
                config.augmentation(),
                config.seed(),
                config.batches(),
                config.posedProbability(),
                config.fixedViews());
    }

    private void add(Phase phase, List<String> folders, List<BatchSource.PhaseData> phases) throws IOException {
        if (phase.steps() > 0) {
            SceneSource scenes = scenes(folders);
            phases.add(new BatchSource.PhaseData(
                    phase, config.firstScenes() == 0 ? scenes : new FirstScenes(scenes, config.firstScenes())));
        }
    }

    /**
     * Reads the scenes to measure; empty if the configuration names none.
     *
     * @throws IOException if there are fewer scenes or views than the configuration requires, or their truth is invalid
     */
    List<TrainingScene> validationScenes() throws IOException {
        TrainConfig.ValidationSettings settings = config.validation();
        if (settings.shards().isEmpty()) {
            return List.of();
        }
        SceneSource source = scenes(settings.shards());
        if (source.scenes() < settings.scenes()) {
            throw new IOException("validation.scenes must be at most the scenes of validation.shards, "
                    + source.scenes() + ", got " + settings.scenes());
        }
        List<TrainingScene> scenes = new ArrayList<>();
        for (int i = 0; i < settings.scenes(); i++) {
            TrainingScene scene = source.read(i);
            if (scene.views() < settings.views()) {
                throw new IOException("validation.views must be at most the views of a scene, " + scene.views()
                        + ", got " + settings.views());
            }
            TrainingScene chosen =
                    scene.subset(IntStream.range(0, settings.views()).toArray());
            SceneCheck.check(chosen, source.name(i));
            scenes.add(SceneAugmentation.resized(chosen, settings.rows(), settings.columns()));
        }
        return scenes;
    }

    /**
     * Checks the truth of scenes that are spread evenly over all sources.
     *
     * @param max maximum number of scenes of each list of shards
     * @return the number of checked scenes
     */
    int check(int max) throws IOException {
        int checked = 0;
        for (SceneSource source : open.values()) {
            int count = Math.min(max, source.scenes());
            for (int i = 0; i < count; i++) {
                int index = (int) ((long) i * source.scenes() / count);
                SceneCheck.check(source.read(index), source.name(index));
                checked++;
            }
        }
        return checked;
    }

    @Override
    public void close() throws IOException {
        for (SceneSource scenes : open.values()) {
            scenes.close();
        }
    }
}
