package da3.streaming;

import da3.streaming.frame.Frame;
import da3.streaming.salad.Salad;
import java.util.List;

/** Predicts windows with another predictor, and describes frames by SALAD. */
record SaladPredictor(WindowPredictor predictor, Salad salad) implements WindowPredictor {

    @Override
    public String description() {
        return predictor.description() + ", frames described by " + salad.description();
    }

    @Override
    public Frame prepare(Frame frame) {
        return predictor.prepare(frame);
    }

    @Override
    public WindowPrediction predict(List<Frame> frames) {
        return predictor.predict(frames);
    }

    @Override
    public List<float[]> describe(List<Frame> frames) {
        return frames.stream().map(frame -> salad.describe(frame.image())).toList();
    }
}
