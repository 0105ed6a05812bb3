package da3.evaluation.run;

import da3.evaluation.mode.Metric;
import da3.evaluation.mode.Mode;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Metrics that are shown next to those of an evaluation: of an earlier run, or published.
 *
 * @param name heading
 * @param description origin of the numbers
 * @param values values by id of the mode, a dot and id of the metric
 */
public record ComparedResult(String name, String description, Map<String, Double> values) {

    /** Copies the values. */
    public ComparedResult {
        values = Map.copyOf(values);
    }

    /** Returns the value of a metric; empty if it is not known. */
    public OptionalDouble value(Mode mode, Metric metric) {
        Double value = values.get(mode.id() + "." + metric.id());
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
