package da3.train.run;

import da3.train.config.DataSettings;
import da3.train.config.LabelSettings;
import da3.train.config.ObjectiveKind;
import da3.train.config.PhaseSettings;
import da3.train.config.SceneNames;
import da3.train.config.TrainConfig;
import da3.train.config.ValidationSettings;
import da3.train.data.BatchSource;
import da3.train.data.JoinedScenes;
import da3.train.data.Phase;
import da3.train.data.SceneAugmentation;
import da3.train.data.SceneCheck;
import da3.train.data.SceneSource;
import da3.train.data.SceneSources;
import da3.train.data.SelectedScenes;
import da3.train.data.TrainingScene;
import da3.train.yaml.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The open scenes of a run: shards, or archives if the first folder has any, and files of the user. */
final class RunData implements AutoCloseable {

    private final TrainConfig config;
    private final Map<SceneNames, SceneSource> open = new LinkedHashMap<>();
    private SceneSource labeled; // null without labels

    /**
     * Opens the scenes of all phases.
     *
     * @param lines receives a line if labeled scenes are left out
     * @throws IOException if a folder or file cannot be read
     */
    static RunData open(TrainConfig config, Consumer<String> lines) throws IOException {
        RunData data = new RunData(config);
        try {
            for (PhaseSettings phase : config.phases()) {
                data.scenes(phase.scenes());
            }
            if (config.labels() != LabelSettings.NONE) {
                data.openLabels(lines);
            }
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
        return data;
    }

    /** Creates the data of a run whose scenes are opened when they are used. */
    RunData(TrainConfig config) {
        this.config = config;
    }

    /** Opens the labeled scenes that have enough views, since labeling leaves out views whose depth cannot be aligned. */
    private void openLabels(Consumer<String> lines) throws IOException {
        SceneNames names = config.labels().names();
        SceneSource all = scenes(names);
        int views = requiredViews(names);
        labeled = views <= 1 ? all : SelectedScenes.withViews(all, views);
        if (labeled.scenes() < all.scenes()) {
            lines.accept((all.scenes() - labeled.scenes()) + " of " + all.scenes() + " labeled scenes have fewer than "
                    + views + " views and are not used");
        }
    }

    private SceneSource scenes(SceneNames names) throws IOException {
        SceneSource scenes = open.get(names);
        if (scenes == null) {
            List<SceneSource> sources = new ArrayList<>();
            if (!names.shards().isEmpty()) {
                sources.add(rendered(names.shards()));
            }
            for (DataSettings data : config.data(names)) {
                sources.add(data.open());
            }
            scenes = sources.size() == 1 ? sources.get(0) : new JoinedScenes(sources);
            open.put(names, scenes);
        }
        return scenes;
    }

    /**
     * Opens shards or archives.
     *
     * @throws ConfigException if archives have no cameras and the objective needs them
     */
    private SceneSource rendered(List<String> folders) throws IOException {
        SceneSource scenes = SceneSources.open(folders.stream().map(Path::of).toList(), config.depthLimits());
        ObjectiveKind kind = config.objective().kind();
        if (!scenes.hasCameras() && kind != ObjectiveKind.TEACHER) {
            throw new ConfigException("objective.kind must be teacher, since archives in " + String.join(", ", folders)
                    + " have no cameras, got " + kind.id());
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
            add(phase.withSteps(before), scenes(settings.scenes()), phases);
            add(phase.withSteps(phase.steps() - before), labeled, phases);
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

    private void add(Phase phase, SceneSource scenes, List<BatchSource.PhaseData> phases) {
        if (phase.steps() > 0) {
            phases.add(new BatchSource.PhaseData(
                    phase, config.firstScenes() == 0 ? scenes : SelectedScenes.first(scenes, config.firstScenes())));
        }
    }

    /**
     * Reads the scenes to measure; empty if the configuration names none.
     *
     * @throws IOException if there are fewer scenes or views than the configuration requires, or their truth is invalid
     */
    List<TrainingScene> validationScenes() throws IOException {
        ValidationSettings settings = config.validation();
        if (settings.names().isEmpty()) {
            return List.of();
        }
        SceneSource source = scenes(settings.names());
        if (source.scenes() < settings.scenes()) {
            throw new IOException(
                    "validation.scenes must be at most the scenes of validation.shards and validation.data, "
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
     * Checks the truth and the number of views of scenes that are spread evenly over all sources.
     *
     * @param max maximum number of scenes of each phase and of the validation
     * @return the number of checked scenes
     */
    int check(int max) throws IOException {
        int checked = 0;
        for (Map.Entry<SceneNames, SceneSource> entry : open.entrySet()) {
            int views = requiredViews(entry.getKey());
            boolean labels =
                    labeled != null && entry.getKey().equals(config.labels().names());
            SceneSource source = labels ? labeled : entry.getValue();
            int count = Math.min(max, source.scenes());
            for (int i = 0; i < count; i++) {
                int index = (int) ((long) i * source.scenes() / count);
                TrainingScene scene = source.read(index);
                SceneCheck.requireViews(scene, views, source.name(index));
                SceneCheck.check(scene, source.name(index));
                checked++;
            }
        }
        return checked;
    }

    /** Returns the maximum number of views that a phase draws from a scene. */
    private int requiredViews(SceneNames names) {
        int views = 0;
        long start = 0;
        for (PhaseSettings settings : config.phases()) {
            Phase phase = settings.phase();
            long before = config.labels().stepsBefore(phase, start);
            boolean truth = before > 0 && names.equals(settings.scenes());
            boolean labels =
                    before < phase.steps() && names.equals(config.labels().names());
            if (truth || labels) {
                views = Math.max(views, phase.drawnViews());
            }
            start += phase.steps();
        }
        return views;
    }

    @Override
    public void close() throws IOException {
        for (SceneSource scenes : open.values()) {
            scenes.close();
        }
    }
}
