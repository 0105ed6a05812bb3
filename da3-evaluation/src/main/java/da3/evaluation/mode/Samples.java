package da3.evaluation.mode;

import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measured values by name, such as the rotation errors of view pairs. Samples of many scenes can be combined. */
public final class Samples {

    private final Map<String, List<Double>> byName = new TreeMap<>();

    /**
     * Adds a value.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public void add(String name, double value) {
        Check.finite(name, value);
        byName.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
    }

    /** Appends all values of other samples. */
    public void addAll(Samples others) {
        others.byName.forEach((name, values) -> values.forEach(value -> add(name, value)));
    }

    /** Returns the names, in alphabetical order. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Returns the values of a name in insertion order; empty for an unknown name. */
    public double[] values(String name) {
        return byName.getOrDefault(name, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
