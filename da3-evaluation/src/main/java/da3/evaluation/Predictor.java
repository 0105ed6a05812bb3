package da3.evaluation;

import da3.geometry.Camera;
import da3.geometry.Image;
import java.util.List;
import java.util.Optional;

/** A system that is scored. Of the truth it sees nothing but what it is given. */
public interface Predictor extends AutoCloseable {

    /** Returns what the system is called in results, unique among those of a run. */
    String name();

    /** Returns the system in words, with everything that its answers follow from, such as a digest of its weights. */
    String description();

    /** Returns whether this predictor accepts known cameras. */
    boolean takesCameras();

    /**
     * Predicts the geometry of one place.
     *
     * @param images at least one, all of one size
     * @param cameras known cameras, one for each image, or empty; only if {@link #takesCameras}
     */
    PredictedScene predict(List<Image> images, Optional<List<Camera>> cameras);

    /** Releases what the system holds; a second call does nothing. */
    @Override
    default void close() {}
}
