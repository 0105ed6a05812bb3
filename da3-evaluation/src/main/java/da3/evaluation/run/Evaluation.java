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
import da3.evaluation.mode.ScenePredictions;
import da3.geometry.Image;
import da3.geometry.check.Check;
import da3.io.ExportDirectory;
import da3.nn.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Evaluates predictors on all scenes of a suite. One scene is in memory at a time, and its results are written before
 * the next one begins, so an interrupted evaluation can be resumed. A scene that fails is recorded with its error and
 * does not end the evaluation.
 */
public final class Evaluation {

    private static final int FORMAT = 3;

    /** The folder of the results of single scenes. */
    private static final String PARTS = "parts";

    /** The mode whose surfaces are drawn. */
    private static final String SURFACES = "recon_unposed";

    private final Suite suite;
    private final List<Predictor> predictors;
    private final List<Mode> modes;
    private final ScenePictures pictures;

    /**
     * Creates an evaluation.
     *
     * @param suite the scenes
     * @param predictors at least one, with different names; the first is the one under test
     * @param modes at least one
     * @param pictures number of scenes that pictures are drawn of, spread evenly over the suite
     */
    public Evaluation(Suite suite, List<Predictor> predictors, List<Mode> modes, int pictures) {
        if (predictors.isEmpty()
                || predictors.stream().map(Predictor::name).distinct().count() < predictors.size()) {
            throw Check.invalid(
                    "predictors",
                    "at least one and of different names",
                    predictors.stream().map(Predictor::name).toList());
        }
        if (modes.isEmpty()) {
            throw Check.invalid("number of modes", "at least 1", 0);
        }
        this.suite = suite;
        this.predictors = List.copyOf(predictors);
        this.modes = List.copyOf(modes);
        boolean surfaces = modes.stream().anyMatch(mode -> mode.id().equals(SURFACES));
        this.pictures = new ScenePictures(suite.scenes(), pictures, surfaces);
    }

    /** Returns the ids of the scenes, in order. */
    public List<String> scenes() {
        return suite.scenes();
    }

    /**
     * Evaluates all scenes that have no results yet.
     *
     * @param directory receives {@code scenes.jsonl} and the pictures
     * @param progress called after each scene
     * @throws IOException if results cannot be written, or the directory contains those of another evaluation
     * @throws CancellationException if the calling thread is interrupted; results so far are kept
     */
    public EvaluationResult run(ExportDirectory directory, Progress progress) throws IOException {
        return run(directory, progress, scene -> new SceneTurn(scene, directory));
    }

    /**
     * Evaluates a scene unless its results exist, for instance on one of several machines, which share the directory.
     * {@link #merge} then completes the evaluation.
     *
     * @param directory receives {@code parts/SCENE.jsonl} and the pictures
     * @return the results, one for each predictor
     * @throws IOException as {@link #run}
     * @throws CancellationException as {@link #run}
     */
    public List<SceneRecord> runScene(String scene, ExportDirectory directory) throws IOException {
        try (SceneLog log = SceneLog.open(directory, part(scene), description())) {
            return complete(log, scene, new SceneTurn(scene, directory));
        }
    }

    /**
     * Joins the results of all scenes in {@code scenes.jsonl}, which then has the bytes that {@link #run} writes.
     *
     * @throws IOException as {@link #run}, or if {@link #runScene} has not evaluated a scene
     */
    public EvaluationResult merge(ExportDirectory directory) throws IOException {
        return run(directory, Progress.SILENT, scene -> predictor -> {
            String name = predictors.get(predictor).name();
            try (SceneLog log = SceneLog.open(directory, part(scene), description())) {
                return log.record(scene, name)
                        .orElseThrow(() -> new IOException(part(scene) + " in " + directory.root()
                                + " must hold results of " + name + ", got none"));
            }
        });
    }

    /** Returns the results of a scene in a log, after adding those that it does not contain yet. */
    private List<SceneRecord> complete(SceneLog log, String scene, SceneResults results) throws IOException {
        List<SceneRecord> records = new ArrayList<>();
        for (int p = 0; p < predictors.size(); p++) {
            Optional<SceneRecord> known = log.record(scene, predictors.get(p).name());
            SceneRecord record = known.isPresent() ? known.get() : results.record(p);
            if (known.isEmpty()) {
                log.append(record);
            }
            records.add(record);
        }
        return records;
    }

    private static String part(String scene) {
        return PARTS + "/" + scene + ".jsonl";
    }

    /** The results of a scene, by index of the predictor. */
    @FunctionalInterface
    private interface SceneResults {
        SceneRecord record(int predictor) throws IOException;
    }

    private EvaluationResult run(ExportDirectory directory, Progress progress, Function<String, SceneResults> resultsOf)
            throws IOException {
        List<SceneRecord> records = new ArrayList<>();
        List<String> scenes = suite.scenes();
        try (SceneLog log = SceneLog.open(directory, SceneLog.FILE, description())) {
            for (int i = 0; i < scenes.size(); i++) {
                records.addAll(complete(log, scenes.get(i), resultsOf.apply(scenes.get(i))));
                progress.step("scenes", i + 1, scenes.size());
            }
        }
        return new EvaluationResult(
                suite.description(), predictors(), modes, records, pictures.drawn(directory, predictors.size()));
    }

    /** Deletes the results and pictures of an earlier evaluation in a directory. */
    public static void discard(ExportDirectory directory) throws IOException {
        Files.deleteIfExists(directory.root().resolve(SceneLog.FILE));
        discardParts(directory.root().resolve(PARTS));
        ScenePictures.discard(directory);
    }

    private static void discardParts(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
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
        ObjectNode notes = node.putObject("notes");
        modes.forEach(mode -> mode.note().ifPresent(note -> notes.put(mode.id(), note)));
        node.put("pictures", pictures.count());
        return node;
    }

    /** The evaluation of one scene, which is loaded for the first predictor that needs it. */
    private final class SceneTurn implements SceneResults {

        private final String id;
        private final ExportDirectory directory;
        private EvaluationScene scene; // null until loaded
        private Optional<Image> unrelated; // null until searched for

        SceneTurn(String id, ExportDirectory directory) {
            this.id = id;
            this.directory = directory;
        }

        /**
         * Evaluates a predictor.
         *
         * @throws IOException if a picture cannot be written, which ends the evaluation
         */
        @Override
        public SceneRecord record(int predictor) throws IOException {
            String name = predictors.get(predictor).name();
            Samples samples = new Samples();
            Optional<Image> picture;
            try {
                if (scene == null) {
                    scene = suite.load(id);
                }
                ScenePredictions predictions = new ScenePredictions(scene, predictors.get(predictor), this::unrelated);
                modes.forEach(mode -> mode.measure(predictions, samples));
                picture = pictures.of(predictions);
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

        private Optional<Image> unrelated() {
            if (unrelated == null) {
                unrelated = new UnrelatedViews(suite).find(scene);
            }
            return unrelated;
        }
    }
}
