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
 * The result of an evaluation.
 *
 * @param suite description of the suite
 * @param predictors descriptions by name; the first is the one under test
 * @param modes the modes
 * @param records one for each scene and predictor, ordered by scene
 * @param pictures pictures, ordered by scene
 */
public record EvaluationResult(
        String suite,
        Map<String, String> predictors,
        List<Mode> modes,
        List<SceneRecord> records,
        List<ScenePicture> pictures) {

    /** Copies the collections in their order. */
    public EvaluationResult {
        predictors = Collections.unmodifiableMap(new LinkedHashMap<>(predictors));
        modes = List.copyOf(modes);
        records = List.copyOf(records);
        pictures = List.copyOf(pictures);
    }

    /** Returns a metric of a predictor over all scenes; empty if nothing was measured. */
    public OptionalDouble value(Metric metric, String predictor) {
        return metric.aggregation().of(samples(predictor, record -> true));
    }

    /**
     * Returns a metric of a predictor over the scenes of a group, for instance of kind {@code family} and group
     * {@code room}.
     */
    public OptionalDouble value(Metric metric, String predictor, String kind, String group) {
        return metric.aggregation()
                .of(samples(predictor, record -> group.equals(record.groups().get(kind))));
    }

    /** Returns all samples of a predictor. */
    public Samples samples(String predictor) {
        return samples(predictor, record -> true);
    }

    private Samples samples(String predictor, Predicate<SceneRecord> filter) {
        Samples samples = new Samples();
        records.stream()
                .filter(record -> record.predictor().equals(predictor))
                .filter(filter)
                .forEach(record -> samples.addAll(record.samples()));
        return samples;
    }

    /** Returns the groups of each kind, in the order of their first scenes. */
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
