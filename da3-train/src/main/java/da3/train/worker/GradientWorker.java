package da3.train.worker;

import da3.train.data.Batch;
import java.util.List;
import java.util.Map;

/**
 * A copy of the network on its own engine. Used by one thread at a time.
 *
 * @param <P> prediction for a batch
 */
public interface GradientWorker<P> extends AutoCloseable {

    /**
     * The result of a batch.
     *
     * @param terms terms of the objective by name; {@code total} is the last
     * @param gradients of the total, one array for each trained parameter; null if the loss does not depend on it
     */
    record Gradients(Map<String, Double> terms, List<float[]> gradients) {}

    /**
     * Runs the network forward, the objective, and the network backward.
     *
     * @param step number of steps before it in the run, for weights that change with it
     */
    Gradients gradients(Batch batch, long step);

    /** Runs only the forward pass of the network. */
    P predict(Batch batch);

    /**
     * Replaces the values of the trained parameters.
     *
     * @param values one array for each parameter, in the order of the gradients; not changed
     */
    void assign(List<float[]> values);

    @Override
    void close();
}
