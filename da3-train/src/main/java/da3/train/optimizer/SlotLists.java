package da3.train.optimizer;

import da3.geometry.Parallel;
import java.util.List;

/** Checks of lists against slots, and loops over their elements. */
final class SlotLists {

    private static final int CHUNK = 1 << 15;

    private SlotLists() {}

    /** A loop over the elements {@code from} (inclusive) to {@code to} (exclusive). */
    @FunctionalInterface
    interface Range {
        void run(int from, int to);
    }

    /** Runs a loop in pieces that may run at the same time; elements must not depend on each other. */
    static void forElements(int size, int threads, Range range) {
        int chunks = (size + CHUNK - 1) / CHUNK;
        // A small array is not worth a hand-over to other threads.
        Parallel.forEach(chunks, chunks <= 1 ? 1 : threads, c -> range.run(c * CHUNK, Math.min(size, (c + 1) * CHUNK)));
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
