package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.streaming.frame.Frame;
import da3.streaming.frame.FrameSource;
import da3.streaming.frame.FrameStream;
import da3.streaming.store.ColorCoding;
import da3.streaming.store.FrameInfo;
import da3.streaming.store.MapStore;
import da3.streaming.store.StoredFrame;
import da3.streaming.store.WindowInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes the windows of a map, beginning behind the stored ones. */
final class StreamingRun {

    private final MapStore store;
    private final WindowChain chain;
    private final WindowPredictor predictor;
    private final WindowPredictions predictions;
    private final StreamingOptions options;

    /**
     * Creates a run.
     *
     * @param predictor prepares frames
     * @param predictions predicts windows
     */
    StreamingRun(
            MapStore store,
            WindowChain chain,
            WindowPredictor predictor,
            WindowPredictions predictions,
            StreamingOptions options) {
        this.store = store;
        this.chain = chain;
        this.predictor = predictor;
        this.predictions = predictions;
        this.options = options;
    }

    void run(FrameSource source, StreamingListener listener) throws IOException {
        ColorCoding coding = source.repeatable() ? ColorCoding.JPEG : ColorCoding.RAW;
        Optional<IOException> failure;
        try (FrameStream stream = source.open()) {
            PreparedFrames reading = new PreparedFrames(stream, predictor);
            List<Frame> frames = overlap(reading, source.repeatable());
            do {
                int overlap = frames.size();
                reading.fill(frames, options.window());
                if (frames.size() == overlap) {
                    break;
                }
                if (store.windows().isEmpty() && source.hasPoses()) {
                    requirePose(frames);
                }
                compute(frames, overlap, coding);
                listener.windowStored(store.windows().get(store.windows().size() - 1), store.size());
                frames = new ArrayList<>(frames.subList(Math.max(0, frames.size() - options.overlap()), frames.size()));
            } while (reading.next().isPresent());
            failure = reading.failure();
        }
        if (failure.isPresent()) {
            throw new IOException(
                    "the source ended early, after " + store.size() + " frames, which can be used: "
                            + failure.get().getMessage(),
                    failure.get());
        }
    }

    /** Returns the last stored frames, with which the next window begins. */
    private List<Frame> overlap(PreparedFrames reading, boolean repeatable) throws IOException {
        int overlap = Math.min(options.overlap(), store.size());
        int first = store.size() - overlap;
        List<Frame> frames = new ArrayList<>();
        if (repeatable) {
            reading.skip(first);
        }
        for (int i = first; i < store.size(); i++) {
            if (repeatable) {
                frames.add(again(reading, i));
            } else {
                frames.add(frame(store.frame(i)));
            }
        }
        return frames;
    }

    /** Returns a stored frame as the source gave it, without its mask, which is part of the confidence. */
    static Frame frame(StoredFrame stored) {
        FrameInfo info = stored.info();
        return new Frame(
                info.source(),
                info.seconds(),
                info.name(),
                stored.image(),
                info.givenIntrinsics(),
                info.givenPose(),
                Optional.empty());
    }

    /** Reads a frame that is already stored. */
    private Frame again(PreparedFrames reading, int number) throws IOException {
        Optional<Frame> frame = reading.next();
        FrameInfo stored = store.frames().get(number);
        if (reading.failure().isPresent()) {
            throw reading.failure().get();
        }
        if (frame.isEmpty()
                || frame.get().number() != stored.source()
                || !frame.get().name().equals(stored.name())) {
            throw Check.invalid(
                    "frame " + number + " of a source that continues " + store.file(),
                    stored.name() + ", number " + stored.source() + " of the source, as before",
                    frame.map(f -> f.name() + ", number " + f.number()).orElse("the end of the source"));
        }
        return reading.take();
    }

    private void compute(List<Frame> frames, int overlap, ColorCoding coding) throws IOException {
        PreparedFrames.requireOneSize(frames);
        WindowPrediction prediction =
                predictions.of(store.windows().size(), List.copyOf(frames)).requireViews(frames.size());
        Scene scene = prediction.scene();
        WindowInfo window = new WindowPlacement(store, chain, options.alignment()).place(frames, scene, overlap);
        List<StoredFrame> stored = new ArrayList<>();
        for (int i = overlap; i < frames.size(); i++) {
            float[] descriptor = prediction.descriptors().isEmpty()
                    ? new float[0]
                    : prediction.descriptors().get(i);
            stored.add(stored(frames.get(i), scene.view(i), window.number(), descriptor));
        }
        store.append(window, stored, coding);
        chain.add(window);
    }

    private static void requirePose(List<Frame> firstWindow) {
        if (firstWindow.stream().allMatch(frame -> frame.pose().isEmpty())) {
            throw new IllegalArgumentException(
                    "poses are given, but for no frame of the first window, which determines the world frame");
        }
    }

    private static StoredFrame stored(Frame frame, View view, int window, float[] descriptor) {
        view.requireOneSize(frame.name());
        ScalarMap confidence = view.confidence().orElseGet(() -> Confidences.constant(view.depth()));
        Camera camera = view.camera().orElseThrow();
        return new StoredFrame(
                new FrameInfo(
                        frame.number(),
                        frame.seconds(),
                        frame.name(),
                        window,
                        camera,
                        frame.pose(),
                        frame.intrinsics()),
                frame.image(), // a network may return a rounded one
                view.depth(),
                frame.mask().map(mask -> mask.applyTo(confidence)).orElse(confidence),
                descriptor);
    }
}
