package da3.train.optimizer;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Conversion between state arrays by slot and by name. */
final class StateEntries {

    private StateEntries() {}

    static String name(ParameterSlot slot, String kind) {
        return slot.name() + ":" + kind;
    }

    /**
     * Returns copies of all existing arrays.
     *
     * @param kinds kinds of state, each with one array per slot, or null where a parameter has no state
     */
    static OptimizerState export(List<ParameterSlot> slots, Map<String, float[][]> kinds, long[] steps) {
        Map<String, float[]> values = new LinkedHashMap<>();
        Map<String, Long> taken = new LinkedHashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            int slot = i;
            if (kinds.values().stream().allMatch(arrays -> arrays[slot] == null)) {
                continue;
            }
            taken.put(slots.get(i).name(), steps[i]);
            for (Map.Entry<String, float[][]> kind : kinds.entrySet()) {
                values.put(name(slots.get(i), kind.getKey()), kind.getValue()[i].clone());
            }
        }
        return new OptimizerState(values, taken);
    }

    /**
     * Fills arrays and steps from a state after checking all of it.
     *
     * @throws IllegalArgumentException naming the entry, if one is missing, unknown or of another length
     */
    static void restore(List<ParameterSlot> slots, OptimizerState state, Map<String, float[][]> kinds, long[] steps) {
        Map<String, float[]> values = new HashMap<>(state.values());
        Map<String, Long> taken = new HashMap<>(state.steps());
        long[] newSteps = new long[steps.length];
        Map<String, float[][]> arrays = new LinkedHashMap<>();
        kinds.keySet().forEach(kind -> arrays.put(kind, new float[slots.size()][]));
        for (int i = 0; i < slots.size(); i++) {
            Long step = taken.remove(slots.get(i).name());
            if (step == null) {
                continue;
            }
            if (step < 0) {
                throw new IllegalArgumentException(
                        "steps of " + slots.get(i).name() + " must be at least 0, got " + step);
            }
            newSteps[i] = step;
            for (Map.Entry<String, float[][]> kind : arrays.entrySet()) {
                kind.getValue()[i] = take(values, slots.get(i), kind.getKey());
            }
        }
        requireNoneLeft(values);
        requireNoneLeft(taken);
        System.arraycopy(newSteps, 0, steps, 0, steps.length);
        kinds.forEach((kind, into) -> System.arraycopy(arrays.get(kind), 0, into, 0, into.length));
    }

    private static float[] take(Map<String, float[]> values, ParameterSlot slot, String kind) {
        float[] array = values.remove(name(slot, kind));
        if (array == null || array.length != slot.size()) {
            throw new IllegalArgumentException("optimizer state " + name(slot, kind) + " must have " + slot.size()
                    + " values, got " + (array == null ? "none" : array.length));
        }
        return array.clone();
    }

    static void requireNoneLeft(Map<String, ?> entries) {
        if (!entries.isEmpty()) {
            throw new IllegalArgumentException("optimizer state must only have entries of parameters in training, got "
                    + entries.keySet().stream().sorted().findFirst().orElseThrow());
        }
    }
}
