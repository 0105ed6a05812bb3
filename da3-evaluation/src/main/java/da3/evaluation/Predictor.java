package da3.evaluation;

import da3.geometry.Camera;
import da3.geometry.Image;
import java.util.List;
import java.util.Optional;

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
     * Predicts the geometry of one scene.
     *
     * @param images at least one, all of the same size
     * @param cameras known cameras, one for each image, or empty; present only if {@link #takesCameras}
     */
    PredictedScene predict(List<Image> images, Optional<List<Camera>> cameras);

    /** Releases the resources of the system; a second call has no effect. */
    @Override
    default void close() {}
}
