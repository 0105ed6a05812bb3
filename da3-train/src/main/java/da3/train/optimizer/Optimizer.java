package da3.train.optimizer;

import java.util.List;

/** Changes parameters by their gradients. An optimizer is not safe for use by several threads at once. */
public interface Optimizer {

    /** Returns the parameters, in the order of the lists that {@link #step} takes. */
    List<ParameterSlot> slots();

    /**
     * Changes values in place. The result does not depend on the number of threads.
     *
     * @param values one array per slot
     * @param gradients one array per slot; a parameter whose gradient is null is left alone, and so is its state
     * @param learningRateFactor what each learning rate is multiplied with; see {@link Schedule}
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
