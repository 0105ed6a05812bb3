package da3.train.mode;

import da3.nn.autograd.Gradients;
import da3.train.data.Batch;
import java.util.Map;

/**
 * A network's forward pass, an objective, and the backward pass, on one engine. Used by one thread at a time.
 *
 * @param <P> prediction for a batch
 */
public interface TrainingPass<P> {

    /**
     * Receives the gradients while they are in the memory of the engine.
     *
     * @param <T> result
     */
    interface Receiver<T> {

        /**
         * @param terms of the objective by name; {@code total} is the last
         * @param gradients of the total
         */
        T receive(Map<String, Double> terms, Gradients gradients);
    }

    /**
     * Runs forward and backward.
     *
     * @param step number of steps before it in the run, for weights and random draws that change with it
     * @param receiver receives the terms and the gradients of their total; its result is returned
     */
    <T> T gradients(Batch batch, long step, Receiver<T> receiver);

    /** Runs only the forward pass of the network. */
    P predict(Batch batch);
}
