package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.streaming.frame.FrameSource;
import da3.streaming.loop.FrustumOverlap;
import da3.streaming.prior.Measurements;
import da3.streaming.store.FrameInfo;
import da3.streaming.store.LoopInfo;
import da3.streaming.store.MapStore;
import da3.streaming.store.PartStores;
import da3.streaming.store.WindowInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Depth and cameras of a long sequence of frames, computed in windows and kept in a directory.
 *
 * <p>The network sees {@link StreamingOptions#window} frames at a time. Each window is aligned to the previous one over
 * their common frames and stored before the next one begins, so memory holds one window and an index of the store
 * whatever the number of frames. A run that was killed continues behind the last stored window, and ends with the same
 * bytes as if it had not been killed.
 *
 * <p>The world frame is that of the first camera, and the unit of length that of the first window, unless poses are
 * given or measurements determine them: positions and poses both, motions the unit.
 *
 * <pre>{@code
 * var predictor = WindowPredictor.of(model, "da3-base", InferenceOptions.defaults());
 * try (var map = StreamingMap.open(directory, predictor, StreamingOptions.defaults())) {
 *     map.run(FrameSource.video(file, 10), StreamingListener.SILENT);
 *     MapFormat.PLY.write(map, directory, PointOptions.defaults());
 * }
 * }</pre>
 *
 * <p>Source: paper, section 5, after VGGT-Long; the reference's {@code da3_streaming}, with other alignments.
 */
public final class StreamingMap implements AutoCloseable {

    private final MapStore store;
    private final List<WindowPredictor> predictors;
    private final StreamingOptions options;
    private final WindowChain chain;
    private MapGeometry geometry; // null until needed
    private long geometryBytes; // size of the store from which it was computed

    private StreamingMap(MapStore store, List<WindowPredictor> predictors, StreamingOptions options) {
        this.store = store;
        this.predictors = predictors;
        this.options = options;
        chain = new WindowChain(store.windows());
    }

    /**
     * Opens the map in a directory, or begins a new one.
     *
     * @throws IOException if its store cannot be read or written, is damaged other than by a crash, or is open
     * @throws IllegalArgumentException if the map was computed with another predictor or other options
     */
    public static StreamingMap open(Path directory, WindowPredictor predictor, StreamingOptions options)
            throws IOException {
        return open(directory, List.of(predictor), options);
    }

    /**
     * Opens the map in a directory, or begins a new one, with several predictors that compute windows at the same time,
     * for instance models with an engine each. The result does not depend on their number if they compute the same.
     * Memory holds a window for each.
     *
     * @param predictors at least one, all with the same description
     * @throws IOException if its store cannot be read or written, is damaged other than by a crash, or is open
     * @throws IllegalArgumentException if the map was computed with another predictor or other options, or the
     *     predictors differ
     */
    public static StreamingMap open(Path directory, List<WindowPredictor> predictors, StreamingOptions options)
            throws IOException {
        Check.atLeast("number of predictors", 1, predictors.size());
        String description = predictors.get(0).description();
        for (WindowPredictor predictor : predictors) {
            if (!predictor.description().equals(description)) {
                throw Check.invalid("description of all predictors", description, predictor.description());
            }
        }
        MapStore store = MapStore.open(directory);
        try {
            store.requireSetting("model", description);
            store.requireSetting("windows", options.description());
            store.requireSetting("loops", options.loops().id());
            return new StreamingMap(store, List.copyOf(predictors), options);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Opens a map that exists with the options it was computed with, for instance to locate photos in it.
     *
     * @param measurements measurements that correct the map
     * @throws java.nio.file.NoSuchFileException if the directory contains no map
     * @throws IOException as {@link #open(Path, WindowPredictor, StreamingOptions)} does
     * @throws IllegalArgumentException if the map was computed with another predictor
     */
    public static StreamingMap openStored(Path directory, WindowPredictor predictor, Measurements measurements)
            throws IOException {
        Path file = directory.resolve(MapStore.FILE);
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "does not exist; da3 stream makes a map");
        }
        MapStore store = MapStore.open(directory);
        try {
            StreamingOptions options = StreamingOptions.ofDescription(
                            store.setting("windows").orElseThrow(() -> noMap(file)))
                    .withLoops(LoopMethod.parse(store.setting("loops").orElseThrow(() -> noMap(file))));
            store.requireSetting("model", predictor.description());
            return new StreamingMap(store, List.of(predictor), options.withMeasurements(measurements));
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static IOException noMap(Path file) {
        return new IOException(file + " contains no map yet");
    }

    /**
     * Computes the windows that are not stored yet.
     *
     * <p>If the source fails, the frames before are still computed and stored.
     *
     * @throws IOException if the source fails or a window cannot be stored; earlier windows can be used
     * @throws IllegalArgumentException if the map was computed from another source, its frames differ in size, or
     *     poses are given for none of the first window
     * @throws java.io.InterruptedIOException if the calling thread is interrupted while the source reads
     * @throws java.util.concurrent.CancellationException if it is interrupted during a prediction
     */
    public void run(FrameSource source, StreamingListener listener) throws IOException {
        List<WindowPredictions> predictions = predictors.stream()
                .map(options::adapted)
                .map(predictor -> WindowPredictions.of(predictor, options.loops()))
                .toList();
        run(source, predictions, listener);
    }

    /**
     * Makes the map from the windows that {@linkplain StreamingPart parts} have predicted in the directory of the map,
     * and ends with the same bytes as {@link #run}. The first predictor is used to test loops.
     *
     * @throws IOException as {@link #run} does, and if parts are missing or have not computed all windows
     * @throws IllegalArgumentException as {@link #run} does, and if parts are those of another source, predictor or
     *     options
     */
    public void merge(FrameSource source, StreamingListener listener) throws IOException {
        try (PartStores parts = PartStores.open(store.file().toAbsolutePath().getParent())) {
            parts.requireSetting("model", predictors.get(0).description());
            parts.requireSetting("windows", options.description());
            parts.requireSetting("loops", options.loops().id());
            parts.requireSetting("source", source.description());
            run(source, List.of(new PartPredictions(parts)), listener);
        }
    }

    private void run(FrameSource source, List<WindowPredictions> predictions, StreamingListener listener)
            throws IOException {
        if (source.hasPoses()) {
            options.measurements().requireNoneWithGivenPoses();
        }
        store.requireSetting("source", source.description());
        new StreamingRun(store, chain, predictors.get(0), predictions, options).run(source, listener);
        if (options.loops() != LoopMethod.OFF
                && frames().stream().allMatch(frame -> frame.givenPose().isEmpty())) {
            new LoopRun(store, chain, predictors.get(0), options).run(listener);
        }
    }

    /** Returns the number of frames. */
    public int size() {
        return store.size();
    }

    /** Returns the metadata of all frames, in order. Cameras are in the frames and units of windows. */
    public List<FrameInfo> frames() {
        return store.frames();
    }

    /** Returns the windows in order. */
    public List<WindowInfo> windows() {
        return store.windows();
    }

    /** Returns the scale of each window: the length of its unit in that of the map. */
    public List<Double> scales() {
        return geometry().scales();
    }

    /** Returns the loops that were tested. */
    public List<LoopInfo> loops() {
        return store.loops();
    }

    /** Returns the verified loops that agree with each other and correct the map. */
    public List<LoopInfo> acceptedLoops() {
        return geometry().acceptedLoops();
    }

    /** Returns the measurements of frames, which correct the map. */
    public Measurements.Placed measurements() {
        return geometry().measurements();
    }

    /** Returns the pose that measurements of a frame refer to: world-to-camera, or world-to-rig with a rig. */
    public Pose measuredPose(int frame) {
        return RigNodes.of(options.rig()).nodePose(frame, cameras().get(frame).pose());
    }

    private synchronized MapGeometry geometry() {
        if (geometry == null || geometryBytes != store.bytes()) {
            geometry = MapGeometry.of(store, chain, options);
            geometryBytes = store.bytes();
        }
        return geometry;
    }

    /** Returns whether lengths are in meters. */
    public boolean metric() {
        return store.windows().stream().allMatch(WindowInfo::metric);
    }

    /** Returns the cameras of all frames in the map; intrinsics are in pixels of the processing size. */
    public List<Camera> cameras() {
        return geometry().cameras();
    }

    /**
     * Reads a frame with its pixels, in the frame and unit of the map.
     *
     * @throws IOException if it cannot be read
     */
    public View view(int frame) throws IOException {
        return geometry().view(frame, store.frame(frame));
    }

    /** Returns the points of a view of this map: its share of the maximum number of points. */
    FramePoints points(int frame, View view, PointOptions options) {
        long share = (frame + 1L) * options.maxPoints() / size() - (long) frame * options.maxPoints() / size();
        return FramePoints.of(view, options.confidencePercentile(), (int) share);
    }

    /**
     * Returns a locator of photos in this map, as it is now.
     *
     * @throws IllegalStateException if the map has no frames, or its frames are those of a rig
     */
    public PhotoLocator locator() {
        if (options.rig().isPresent()) {
            throw new IllegalStateException("photos cannot be located in the map of a rig");
        }
        if (size() == 0) {
            throw new IllegalStateException("the map in " + file() + " has no frames");
        }
        return new PhotoLocator(this, store, predictors.get(0), options);
    }

    /** Returns the overlap of the frusta of frames in the map. */
    FrustumOverlap frustumOverlap() throws IOException {
        List<Double> scales = scales();
        double[] depths = frames().stream()
                .mapToInt(FrameInfo::window)
                .mapToDouble(window -> windows().get(window).depth() * scales.get(window))
                .toArray();
        Image first = store.frame(0).image();
        return new FrustumOverlap(cameras(), depths, first.width(), first.height());
    }

    /** Returns the file that contains the map. */
    public Path file() {
        return store.file();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
