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
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Computes the windows of a map, beginning behind the stored ones. */
final class StreamingRun {

    private final MapStore store;
    private final WindowChain chain;
    private final WindowPredictor predictor;
    private final List<WindowPredictions> predictions;
    private final StreamingOptions options;

    /**
     * Creates a run.
     *
     * @param predictor prepares frames
     * @param predictions predict windows at the same time, at least one
     */
    StreamingRun(
            MapStore store,
            WindowChain chain,
            WindowPredictor predictor,
            List<WindowPredictions> predictions,
            StreamingOptions options) {
        this.store = store;
        this.chain = chain;
        this.predictor = predictor;
        this.predictions = predictions;
        this.options = options;
    }

    /**
     * A window that is being predicted.
     *
     * @param overlap number of frames at its start that it shares with the previous window
     */
    private record Pending(List<Frame> frames, int overlap, ConcurrentPredictions.Begun prediction) {}

    void run(FrameSource source, StreamingListener listener) throws IOException {
        ColorCoding coding = source.repeatable() ? ColorCoding.JPEG : ColorCoding.RAW;
        Optional<IOException> failure;
        try (FrameStream stream = source.open();
                ConcurrentPredictions concurrent = new ConcurrentPredictions(predictions)) {
            PreparedFrames reading = new PreparedFrames(stream, predictor);
            List<Frame> overlap = overlap(reading, source.repeatable());
            int next = store.windows().size();
            Deque<Pending> ahead = new ArrayDeque<>();
            do {
                while (ahead.size() < predictions.size() && reading.next().isPresent()) {
                    List<Frame> frames = window(overlap, reading);
                    if (next == 0 && source.hasPoses()) {
                        requirePose(frames);
                    }
                    ahead.add(new Pending(frames, overlap.size(), concurrent.submit(next++, frames)));
                    overlap =
                            List.copyOf(frames.subList(Math.max(0, frames.size() - options.overlap()), frames.size()));
                }
                if (!ahead.isEmpty()) {
                    compute(ahead.remove(), coding, listener);
                    listener.windowStored(store.windows().get(store.windows().size() - 1), store.size());
                }
            } while (!ahead.isEmpty() || reading.next().isPresent());
            failure = reading.failure();
        }
        if (failure.isPresent()) {
            throw new IOException(
                    "the source ended early, after " + store.size() + " frames, which can be used: "
                            + failure.get().getMessage(),
                    failure.get());
        }
    }

    /** Returns the frames of the next window. */
    private List<Frame> window(List<Frame> overlap, PreparedFrames reading) throws InterruptedIOException {
        List<Frame> frames = new ArrayList<>(overlap);
        reading.fill(frames, options.window());
        return List.copyOf(frames);
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

    private void compute(Pending pending, ColorCoding coding, StreamingListener listener) throws IOException {
        List<Frame> frames = pending.frames;
        int overlap = pending.overlap;
        PreparedFrames.requireOneSize(frames);
        WindowPrediction prediction = pending.prediction.await().requireViews(frames.size());
        Scene scene = prediction.scene();
        WindowPlacement placement = new WindowPlacement(store, chain, options.alignment());
        WindowInfo window = placement.place(frames, scene, overlap);
        if (options.rig().isPresent() && overlap > 0) {
            listener.scaleMeasured(new RigScale(window.number(), placement.scaleRatio(scene, overlap)));
        }
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
