package da3.train.optimizer;

import java.util.List;

/** Checks of lists against slots. */
final class SlotLists {

    private SlotLists() {}

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
