package da3.evaluation;

/** A system that is scored. It sees only the images, and cameras if they are given. */
public interface Predictor extends AutoCloseable {

    /** Returns the name of the system in results, unique in a run. */
    String name();

    /**
     * Returns a description of the system with everything that determines its predictions, such as a digest of its
     * weights.
     */
    String description();

    /** Returns whether this predictor accepts known cameras. */
    boolean takesCameras();

    /**
     * Returns whether this predictor has a prediction for a request. Systems whose results were computed before answer
     * only the requests that they were given then.
     */
    default boolean answers(SceneRequest request) {
        return true;
    }

    /**
     * Predicts the geometry of a scene, or of some views of it.
     *
     * @param request images, with cameras only if {@link #takesCameras}
     */
    PredictedScene predict(SceneRequest request);

    /** Releases the resources of the system; a second call has no effect. */
    @Override
    default void close() {}
}
