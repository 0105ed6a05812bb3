package da3.train.optimizer;

import java.util.List;

/** Updates parameters by their gradients. Not thread-safe. */
public interface Optimizer {

    /** Returns the parameters, in the order of the lists that {@link #step} takes. */
    List<ParameterSlot> slots();

    /**
     * Updates values in place. The result does not depend on the number of threads.
     *
     * @param values one array per slot
     * @param gradients one array per slot; parameters whose gradient is null, and their state, are not changed
     * @param learningRateFactor factor on each learning rate; see {@link Schedule}
     * @throws IllegalArgumentException if the number or length of the arrays does not fit the slots
     */
    void step(List<float[]> values, List<float[]> gradients, double learningRateFactor);

    /** Returns a copy of the state between two steps. Parameters that never had a gradient have none. */
    OptimizerState state();

    /**
     * Continues from a state that {@link #state} returned.
     *
     * @throws IllegalArgumentException naming the entry, if one is missing, unknown or of another length
     */
    void restore(OptimizerState state);
}
