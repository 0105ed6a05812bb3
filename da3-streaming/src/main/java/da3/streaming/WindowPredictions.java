package da3.streaming;

import da3.streaming.frame.Frame;
import java.io.IOException;
import java.util.List;

/** The predictions of the windows of a run, from a network or from files of parts. */
@FunctionalInterface
interface WindowPredictions {

    /**
     * Returns the prediction of a window.
     *
     * @param window number of the window
     * @throws IOException if it cannot be read
     */
    WindowPrediction of(int window, List<Frame> frames) throws IOException;

    /** Returns the predictions of a predictor, with the descriptors of a method of finding loops. */
    static WindowPredictions of(WindowPredictor predictor, LoopMethod loops) {
        return (window, frames) -> {
            WindowPrediction prediction = predictor.predict(frames);
            return loops == LoopMethod.DEEP
                    ? new WindowPrediction(prediction.scene(), predictor.describe(frames))
                    : prediction;
        };
    }
}
