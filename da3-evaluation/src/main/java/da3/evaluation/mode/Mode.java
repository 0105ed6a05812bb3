package da3.evaluation.mode;

import java.util.List;

/** A question of the benchmark: what is measured of a predictor's answers, and which metrics follow from that. */
public interface Mode {

    /** Returns the name on the command line and in results; names of its samples begin with it and a dot. */
    String id();

    /** Returns what it asks, in a few words. */
    String title();

    /** Returns the metrics, in the order in which they are shown. */
    List<Metric> metrics();

    /**
     * Measures one scene. A mode to which a scene or a predictor has nothing to say adds nothing.
     *
     * @throws IllegalArgumentException if an answer cannot be compared with the truth
     */
    void measure(SceneAnswers answers, Samples into);
}
