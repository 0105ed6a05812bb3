package da3.train.mode;

import da3.nn.Network;
import da3.nn.autograd.AutogradEngine;
import da3.train.data.TrainingScene;
import java.util.List;
import java.util.Map;

/**
 * The passes of the workers and the validation of a run, which follow from its kind of objective.
 *
 * @param <P> prediction for a batch
 */
public interface TrainingMode<P> {

    /**
     * Returns the pass of one worker.
     *
     * @param network built on {@code engine} for training
     */
    TrainingPass<P> pass(AutogradEngine engine, Network network);

    /** Returns the SHA-256 of each file that training reads in addition to model and data, by its configuration key. */
    default Map<String, String> fileHashes() {
        return Map.of();
    }

    /**
     * Returns the validation on scenes.
     *
     * @param scenes scenes at their final size, all of the same shape
     * @param pictures number of scenes to draw
     */
    Validation<P> validation(List<TrainingScene> scenes, int pictures);
}
