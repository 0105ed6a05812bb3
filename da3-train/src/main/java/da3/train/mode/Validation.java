package da3.train.mode;

import da3.geometry.Image;
import da3.train.config.ObjectiveKind;
import da3.train.worker.Workers;
import java.util.List;
import java.util.Map;

/**
 * An evaluation of a network on scenes that are not used for training.
 *
 * @param <P> prediction for a batch
 */
public interface Validation<P> {

    /**
     * The result of a validation.
     *
     * @param metrics by name; they include those of {@link ObjectiveKind#metrics}
     * @param pictures pictures of the first scenes
     */
    record Result(Map<String, Double> metrics, List<Image> pictures) {}

    /** Runs all scenes through the workers. */
    Result measure(Workers<P> workers);
}
