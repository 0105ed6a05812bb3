package da3.evaluation.mode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measured numbers by name, such as the rotation errors of a scene's pairs; those of many scenes can be joined. */
public final class Samples {

    private final Map<String, List<Double>> byName = new TreeMap<>();

    /**
     * Adds a number.
     *
     * @throws IllegalArgumentException if it is not finite: a mean of others would hide it
     */
    public void add(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be a finite number, got " + value);
        }
        byName.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
    }

    /** Adds all numbers of other samples, after these. */
    public void addAll(Samples others) {
        others.byName.forEach((name, values) -> values.forEach(value -> add(name, value)));
    }

    /** Returns the names, in alphabetical order. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Returns the numbers of a name, in the order in which they were added; none for an unknown name. */
    public double[] values(String name) {
        return byName.getOrDefault(name, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
