package da3.evaluation.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.ErrorMessage;
import da3.evaluation.EvaluationScene;
import da3.evaluation.Predictor;
import da3.evaluation.Suite;
import da3.evaluation.mode.Mode;
import da3.evaluation.mode.Samples;
import da3.evaluation.mode.SceneAnswers;
import da3.geometry.Image;
import da3.io.ExportDirectory;
import da3.nn.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Asks predictors about all scenes of a suite. One scene is in memory at a time; what was measured of it is written before
 * the next begins, so that an evaluation that is stopped goes on where it was. A scene that fails is recorded with its
 * reason and does not end the evaluation.
 */
public final class Evaluation {

    private static final int FORMAT = 1;

    private final Suite suite;
    private final List<Predictor> predictors;
    private final List<Mode> modes;
    private final ScenePictures pictures;

    /**
     * Prepares an evaluation.
     *
     * @param predictors at least one, of different names; the first is the one that is judged
     * @param modes at least one
     * @param pictures how many scenes are drawn, spread evenly over the suite
     */
    public Evaluation(Suite suite, List<Predictor> predictors, List<Mode> modes, int pictures) {
        if (predictors.isEmpty()
                || predictors.stream().map(Predictor::name).distinct().count() < predictors.size()) {
            throw new IllegalArgumentException("predictors must be at least one, of different names, got "
                    + predictors.stream().map(Predictor::name).toList());
        }
        if (modes.isEmpty()) {
            throw new IllegalArgumentException("modes must be at least one, got none");
        }
        this.suite = suite;
        this.predictors = List.copyOf(predictors);
        this.modes = List.copyOf(modes);
        this.pictures = new ScenePictures(suite.scenes(), pictures);
    }

    /**
     * Evaluates what was not evaluated before.
     *
     * @param directory where {@code scenes.jsonl} and pictures go
     * @param progress told after each scene
     * @throws IOException if results cannot be written, or the directory holds those of another evaluation
     * @throws CancellationException if the calling thread is interrupted; what was measured is kept
     */
    public EvaluationResult run(ExportDirectory directory, Progress progress) throws IOException {
        List<SceneRecord> records = new ArrayList<>();
        List<String> scenes = suite.scenes();
        try (SceneLog log = SceneLog.open(directory, description())) {
            Map<List<String>, SceneRecord> done = new HashMap<>();
            log.records().forEach(record -> done.put(List.of(record.scene(), record.predictor()), record));
            for (int i = 0; i < scenes.size(); i++) {
                SceneTurn turn = new SceneTurn(scenes.get(i));
                for (int p = 0; p < predictors.size(); p++) {
                    SceneRecord record =
                            done.get(List.of(scenes.get(i), predictors.get(p).name()));
                    if (record == null) {
                        record = turn.ask(p, directory);
                        log.append(record);
                    }
                    records.add(record);
                }
                progress.step("scenes", i + 1, scenes.size());
            }
        }
        return new EvaluationResult(
                suite.description(), predictors(), modes, records, pictures.drawn(directory, predictors.size()));
    }

    /** Deletes what an earlier evaluation measured and drew in a directory, so that another may begin there. */
    public static void discard(ExportDirectory directory) throws IOException {
        Files.deleteIfExists(directory.root().resolve(SceneLog.FILE));
        ScenePictures.discard(directory);
    }

    private Map<String, String> predictors() {
        Map<String, String> descriptions = new LinkedHashMap<>();
        predictors.forEach(predictor -> descriptions.put(predictor.name(), predictor.description()));
        return descriptions;
    }

    private ObjectNode description() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("format", FORMAT);
        node.put("suite", suite.description());
        ObjectNode systems = node.putObject("predictors");
        predictors().forEach(systems::put);
        ArrayNode ids = node.putArray("modes");
        modes.forEach(mode -> ids.add(mode.id()));
        node.put("pictures", pictures.count());
        return node;
    }

    /** One scene, which is loaded when the first predictor is asked about it. */
    private final class SceneTurn {

        private final String id;
        private EvaluationScene scene; // null until loaded
        private Optional<Image> stranger; // null until looked for

        SceneTurn(String id) {
            this.id = id;
        }

        /** @throws IOException if a picture cannot be written, which unlike a scene that cannot be read ends it all */
        SceneRecord ask(int predictor, ExportDirectory directory) throws IOException {
            String name = predictors.get(predictor).name();
            Samples samples = new Samples();
            Optional<Image> picture;
            try {
                if (scene == null) {
                    scene = suite.load(id);
                }
                SceneAnswers answers = new SceneAnswers(scene, predictors.get(predictor), this::stranger);
                modes.forEach(mode -> mode.measure(answers, samples));
                picture = pictures.of(answers);
            } catch (CancellationException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                Map<String, String> groups = scene == null ? Map.of() : scene.groups();
                return new SceneRecord(id, name, groups, new Samples(), Optional.of(ErrorMessage.of(e)));
            }
            if (picture.isPresent()) {
                ScenePictures.write(picture.get(), id, predictor, directory);
            }
            return new SceneRecord(id, name, scene.groups(), samples, Optional.empty());
        }

        private Optional<Image> stranger() {
            if (stranger == null) {
                stranger = new UnrelatedViews(suite).find(scene);
            }
            return stranger;
        }
    }
}
