package da3.evaluation.run;

import da3.evaluation.mode.Metric;
import da3.evaluation.mode.Mode;
import da3.evaluation.mode.Samples;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an evaluation came to.
 *
 * @param suite the suite's description
 * @param predictors descriptions by name, the one that is judged first
 * @param records one for each scene and predictor, scene by scene
 * @param pictures scene by scene
 */
public record EvaluationResult(
        String suite,
        Map<String, String> predictors,
        List<Mode> modes,
        List<SceneRecord> records,
        List<ScenePicture> pictures) {

    /** Copies the collections and keeps their order. */
    public EvaluationResult {
        predictors = Collections.unmodifiableMap(new LinkedHashMap<>(predictors));
        modes = List.copyOf(modes);
        records = List.copyOf(records);
        pictures = List.copyOf(pictures);
    }

    /** Returns a metric of a predictor over all scenes; empty where nothing was measured. */
    public OptionalDouble value(Metric metric, String predictor) {
        return metric.aggregation().of(samples(predictor, record -> true));
    }

    /** Returns a metric of a predictor over the scenes of a group, such as those whose family is room. */
    public OptionalDouble value(Metric metric, String predictor, String kind, String group) {
        return metric.aggregation()
                .of(samples(predictor, record -> group.equals(record.groups().get(kind))));
    }

    /** Returns all samples of a predictor. */
    public Samples samples(String predictor) {
        return samples(predictor, record -> true);
    }

    private Samples samples(String predictor, Predicate<SceneRecord> wanted) {
        Samples samples = new Samples();
        records.stream()
                .filter(record -> record.predictor().equals(predictor))
                .filter(wanted)
                .forEach(record -> samples.addAll(record.samples()));
        return samples;
    }

    /** Returns the groups of each kind, both in the order in which they come up. */
    public Map<String, Set<String>> groups() {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        records.forEach(record -> record.groups()
                .forEach((kind, group) -> groups.computeIfAbsent(kind, unused -> new LinkedHashSet<>())
                        .add(group)));
        return groups;
    }

    /** Returns the records of a predictor, in the order of the scenes. */
    public List<SceneRecord> records(String predictor) {
        return records.stream()
                .filter(record -> record.predictor().equals(predictor))
                .toList();
    }

    /** Returns the records of scenes that failed. */
    public List<SceneRecord> failures() {
        return records.stream().filter(record -> record.error().isPresent()).toList();
    }
}
