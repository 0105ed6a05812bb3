package da3.streaming;

import da3.core.DepthAnything3;
import da3.core.InferenceOptions;
import da3.streaming.frame.Frame;
import da3.streaming.salad.Salad;
import java.util.List;

/** Predicts the frames of a window together. {@link #of} adapts a model; tests use synthetic scenes. */
public interface WindowPredictor {

    /**
     * Returns a line of text that identifies the predictor and its options: a run continues another one only if its
     * predictor has the same description.
     */
    String description();

    /** Resizes a frame of the source to the size that {@link #predict} needs, so that windows need little memory. */
    Frame prepare(Frame frame);

    /**
     * Predicts depth and cameras of the frames of a window.
     *
     * @param frames prepared frames in order, at least one
     * @return views of the size of the images, in the order of the frames
     */
    WindowPrediction predict(List<Frame> frames);

    /**
     * Describes frames, each without the others, for {@link LoopMethod#DEEP}.
     *
     * @param frames prepared frames
     * @return a vector for each frame, similar for frames that show the same surfaces; empty if the predictor computes
     *     none, as by default
     */
    default List<float[]> describe(List<Frame> frames) {
        return List.of();
    }

    /**
     * Returns a predictor that uses a model.
     *
     * @param name name of the model for {@link #description}
     * @throws IllegalArgumentException if the model predicts no cameras
     */
    static WindowPredictor of(DepthAnything3 model, String name, InferenceOptions options) {
        return new ModelPredictor(model, name, options);
    }

    /**
     * Returns this predictor with the descriptions of SALAD instead of its own, for {@link LoopMethod#DEEP}.
     *
     * @param salad remains open
     */
    default WindowPredictor describedBy(Salad salad) {
        return new SaladPredictor(this, salad);
    }
}
