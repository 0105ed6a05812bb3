package da3.streaming;

import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.streaming.frame.Frame;
import da3.streaming.store.PartStores;
import da3.streaming.store.PredictedFrame;
import da3.streaming.store.PredictedWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The predictions that parts have stored. Images are those of the source, which the parts do not keep. */
final class PartPredictions implements WindowPredictions {

    private final PartStores parts;

    PartPredictions(PartStores parts) {
        this.parts = parts;
    }

    @Override
    public WindowPrediction of(int window, List<Frame> frames) throws IOException {
        PredictedWindow predicted = parts.window(window);
        requireFrames(predicted, frames);
        List<View> views = new ArrayList<>();
        List<float[]> descriptors = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            PredictedFrame frame = predicted.frames().get(i);
            views.add(new View(frames.get(i).image(), frame.depth(), frame.confidence(), Optional.of(frame.camera())));
            if (frame.descriptor().length > 0) {
                descriptors.add(frame.descriptor());
            }
        }
        return new WindowPrediction(new Scene(views, Optional.empty(), predicted.metric()), descriptors);
    }

    private static void requireFrames(PredictedWindow predicted, List<Frame> frames) {
        List<String> expected = frames.stream()
                .map(frame -> frame.name() + ", number " + frame.number())
                .toList();
        List<String> stored = predicted.frames().stream()
                .map(frame -> frame.name() + ", number " + frame.source())
                .toList();
        if (!stored.equals(expected)) {
            throw Check.invalid(
                    "frames of window " + predicted.number() + " of a part",
                    range(expected) + ", as the source has now",
                    range(stored));
        }
    }

    private static String range(List<String> frames) {
        return frames.size() + " frames from " + frames.get(0) + " to " + frames.get(frames.size() - 1);
    }
}
