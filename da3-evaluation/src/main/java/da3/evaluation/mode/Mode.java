package da3.evaluation.mode;

import java.util.List;
import java.util.Optional;

/** An evaluation mode: what is measured of predictions, and the metrics that are computed from it. */
public interface Mode {

    /** Returns the name on the command line and in results. Names of samples begin with it and a dot. */
    String id();

    /** Returns a short title. */
    String title();

    /** Returns the metrics in display order. */
    List<Metric> metrics();

    /**
     * Returns a remark for reports, for instance about a metric that is not measured. Modes that measure alike return the
     * same remark.
     */
    default Optional<String> note() {
        return Optional.empty();
    }

    /**
     * Measures one scene. Adds nothing if the mode does not apply to the scene or the predictor.
     *
     * @throws IllegalArgumentException if a prediction cannot be compared with the truth
     */
    void measure(ScenePredictions predictions, Samples into);
}
