package da3.train.optimizer;

import da3.geometry.concurrent.Parallel;
import java.util.List;

/** Checks of lists with one entry per slot, and loops over them. */
final class SlotLists {

    private SlotLists() {}

    /** Changes one parameter. */
    @FunctionalInterface
    interface SlotStep {
        void step(int slot, float[] values, float[] gradient);
    }

    /**
     * Runs a step for every slot that has a gradient, in parallel.
     *
     * @throws IllegalArgumentException if values or gradients do not fit the slots
     */
    static void forEach(
            List<ParameterSlot> slots, List<float[]> values, List<float[]> gradients, int threads, SlotStep step) {
        require("values", slots, values, false);
        require("gradient", slots, gradients, true);
        Parallel.forEach(slots.size(), threads, i -> {
            if (gradients.get(i) != null) {
                step.step(i, values.get(i), gradients.get(i));
            }
        });
    }

    /** @throws IllegalArgumentException if there is not one array of the right length per slot */
    static void require(String what, List<ParameterSlot> slots, List<float[]> arrays, boolean nullsAllowed) {
        if (arrays.size() != slots.size()) {
            throw new IllegalArgumentException(
                    what + " must be one array for each of " + slots.size() + " parameters, got " + arrays.size());
        }
        for (int i = 0; i < slots.size(); i++) {
            float[] array = arrays.get(i);
            if (array == null && nullsAllowed) {
                continue;
            }
            if (array == null || array.length != slots.get(i).size()) {
                throw new IllegalArgumentException(what + " of " + slots.get(i).name() + " must have "
                        + slots.get(i).size() + " values, got " + (array == null ? "none" : array.length));
            }
        }
    }
}
