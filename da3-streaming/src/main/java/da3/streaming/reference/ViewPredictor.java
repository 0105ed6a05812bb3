package da3.streaming.reference;

import da3.geometry.View;
import java.util.List;

/** Predicts depth, confidence and cameras of some frames together, in a world frame and scale of their own. */
@FunctionalInterface
public interface ViewPredictor {

    /**
     * Returns one view per frame, in the given order. All must have confidence, of at least 1, and a camera.
     *
     * @param frames numbers of frames; a frame occurs twice if the two ends of a loop overlap
     */
    List<View> predict(int[] frames);
}
