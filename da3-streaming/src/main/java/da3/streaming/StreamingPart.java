package da3.streaming;

import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.streaming.frame.Frame;
import da3.streaming.frame.FrameSource;
import da3.streaming.frame.FrameStream;
import da3.streaming.store.Part;
import da3.streaming.store.PartStore;
import da3.streaming.store.PredictedFrame;
import da3.streaming.store.PredictedWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of several runs that share the windows of a sequence. Each predicts its windows and stores the exact results in a
 * file of its own; {@link StreamingMap#merge} makes the map from all files. A part that was stopped continues behind
 * its last stored window.
 *
 * <pre>{@code
 * try (var part = StreamingPart.open(directory, new Part(1, 2), predictor, options)) {
 *     part.run(FrameSource.video(file, 10), StreamingListener.SILENT);
 * }
 * }</pre>
 */
public final class StreamingPart implements AutoCloseable {

    private final PartStore store;
    private final Part part;
    private final WindowPredictor predictor;
    private final StreamingOptions options;

    private StreamingPart(PartStore store, Part part, WindowPredictor predictor, StreamingOptions options) {
        this.store = store;
        this.part = part;
        this.predictor = predictor;
        this.options = options;
    }

    /**
     * Opens the file of a part, or begins a new one.
     *
     * @param directory directory of the map
     * @throws IOException if the file cannot be read or written, is damaged other than by a crash, or is open
     * @throws IllegalArgumentException if it was computed with another predictor or other options
     */
    public static StreamingPart open(Path directory, Part part, WindowPredictor predictor, StreamingOptions options)
            throws IOException {
        PartStore store = PartStore.open(directory, part);
        try {
            store.requireSetting("model", predictor.description());
            store.requireSetting("windows", options.description());
            store.requireSetting("loops", options.loops().id());
            return new StreamingPart(store, part, predictor, options);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Predicts the windows of this part that are not stored yet.
     *
     * @param source a source that can be read again
     * @throws IOException if the source fails or a window cannot be stored; stored windows can be used
     * @throws IllegalArgumentException if the stored windows are of another source, or frames differ in size
     */
    public void run(FrameSource source, StreamingListener listener) throws IOException {
        if (!source.repeatable()) {
            throw Check.invalid("source of parts", "one that can be read again", source.description());
        }
        store.requireSetting("source", source.description());
        int stride = options.window() - options.overlap();
        try (FrameStream stream = source.open()) {
            PreparedFrames frames = new PreparedFrames(stream, predictor);
            List<Frame> window = new ArrayList<>();
            int first = 0; // number of the first frame of the window
            boolean ended = false;
            for (int number = part.firstWindow(); !ended; number += part.count()) {
                if (!store.contains(number)) {
                    advance(window, number * stride - first, frames);
                    first = number * stride;
                    frames.fill(window, options.window());
                    ended = window.size() <= (number == 0 ? 0 : options.overlap());
                    if (!ended) {
                        compute(number, window);
                        listener.windowPredicted(number, window.size());
                    }
                }
            }
            if (frames.failure().isPresent()) {
                throw new IOException(
                        "the source ended early; the windows before can be used: "
                                + frames.failure().get().getMessage(),
                        frames.failure().get());
            }
        }
    }

    /** Removes frames from the start of a window, and those that it does not have yet from the source. */
    private static void advance(List<Frame> window, int count, PreparedFrames frames) throws IOException {
        int removed = Math.min(count, window.size());
        window.subList(0, removed).clear();
        frames.skip(count - removed);
    }

    private void compute(int number, List<Frame> frames) throws IOException {
        PreparedFrames.requireOneSize(frames);
        WindowPrediction prediction = WindowPredictions.of(options.adapted(predictor), options.loops())
                .of(number, List.copyOf(frames))
                .requireViews(frames.size());
        Scene scene = prediction.scene();
        List<PredictedFrame> predicted = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            View view = scene.view(i);
            predicted.add(new PredictedFrame(
                    frames.get(i).number(),
                    frames.get(i).name(),
                    view.camera().orElseThrow(),
                    view.depth(),
                    view.confidence(),
                    prediction.descriptors().isEmpty()
                            ? new float[0]
                            : prediction.descriptors().get(i)));
        }
        store.append(new PredictedWindow(number, scene.metric(), predicted));
    }

    /** Returns the file with the windows of this part. */
    public Path file() {
        return store.file();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
