package da3.server.tasks;

import da3.core.Request;
import da3.core.ResizeMethod;
import da3.export.ExportFormat;
import da3.export.ExportOptions;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.io.GlbOptions;
import da3.nn.ModelConfig;
import da3.nn.ReferenceViewStrategy;
import da3.video.VideoOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What a task computes and writes; defaults are the reference's.
 *
 * @param formats at least one
 * @param resolution length of the side that {@code resizeMethod} bounds, in pixels; empty for the model's own
 * @param featureLayers blocks whose tokens {@code feat_vis} shows; it needs at least one
 * @param alignDepth with extrinsics: whether the scene is brought to their frame and unit
 * @param posesFromRays whether cameras are fitted to the rays instead of decoded from the camera tokens
 * @param seed of every random draw
 * @param confidencePercentile share of the least confident points that is left out of clouds, 0 to 100
 * @param maxPoints of more points of a cloud a random choice is kept
 * @param showCameras whether cameras are drawn into {@code glb}
 * @param featureFramesPerSecond of the videos of {@code feat_vis}
 * @param extrinsics world-to-camera, one a photo
 * @param intrinsics in pixels of the photos as given, one a photo
 */
public record TaskOptions(
        List<ExportFormat> formats,
        OptionalInt resolution,
        ResizeMethod resizeMethod,
        List<Integer> featureLayers,
        boolean alignDepth,
        boolean posesFromRays,
        ReferenceViewStrategy referenceView,
        long seed,
        double confidencePercentile,
        int maxPoints,
        boolean showCameras,
        double featureFramesPerSecond,
        Optional<List<Pose>> extrinsics,
        Optional<List<Intrinsics>> intrinsics) {

    public TaskOptions {
        formats = List.copyOf(formats);
        featureLayers = List.copyOf(featureLayers);
        extrinsics = extrinsics.map(List::copyOf);
        intrinsics = intrinsics.map(List::copyOf);
        if (formats.isEmpty()) {
            throw new IllegalArgumentException("no export format; legal: at least one");
        }
        if (formats.contains(ExportFormat.FEAT_VIS) && featureLayers.isEmpty()) {
            throw new IllegalArgumentException("feat_vis shows features, and no layers are named; legal: at least one");
        }
        VideoOptions.defaults().withFramesPerSecond(featureFramesPerSecond); // which says what a video cannot have
        glb(confidencePercentile, maxPoints, showCameras, seed);
    }

    public static TaskOptions defaults() {
        return new TaskOptions(
                List.of(ExportFormat.MINI_NPZ, ExportFormat.GLB),
                OptionalInt.empty(),
                ResizeMethod.UPPER_BOUND_RESIZE,
                List.of(),
                true,
                false,
                ReferenceViewStrategy.SADDLE_BALANCED,
                42,
                40,
                1_000_000,
                true,
                15,
                Optional.empty(),
                Optional.empty());
    }

    public TaskOptions withFormats(List<ExportFormat> formats) {
        return with(draft -> draft.formats = formats);
    }

    public TaskOptions withResolution(int resolution, ResizeMethod method) {
        return withResolution(OptionalInt.of(resolution), method);
    }

    /** Sets how photos are brought to size; an empty resolution stands for the model's own. */
    public TaskOptions withResolution(OptionalInt resolution, ResizeMethod method) {
        return with(draft -> {
            draft.resolution = resolution;
            draft.resizeMethod = method;
        });
    }

    public TaskOptions withFeatureLayers(List<Integer> featureLayers) {
        return with(draft -> draft.featureLayers = featureLayers);
    }

    public TaskOptions withAlignDepth(boolean alignDepth) {
        return with(draft -> draft.alignDepth = alignDepth);
    }

    public TaskOptions withPosesFromRays(boolean posesFromRays) {
        return with(draft -> draft.posesFromRays = posesFromRays);
    }

    public TaskOptions withReferenceView(ReferenceViewStrategy referenceView) {
        return with(draft -> draft.referenceView = referenceView);
    }

    public TaskOptions withSeed(long seed) {
        return with(draft -> draft.seed = seed);
    }

    public TaskOptions withConfidencePercentile(double percentile) {
        return with(draft -> draft.confidencePercentile = percentile);
    }

    public TaskOptions withMaxPoints(int maxPoints) {
        return with(draft -> draft.maxPoints = maxPoints);
    }

    public TaskOptions withShowCameras(boolean showCameras) {
        return with(draft -> draft.showCameras = showCameras);
    }

    public TaskOptions withFeatureFramesPerSecond(double framesPerSecond) {
        return with(draft -> draft.featureFramesPerSecond = framesPerSecond);
    }

    /** World-to-camera, one a photo. */
    public TaskOptions withExtrinsics(List<Pose> extrinsics) {
        return with(draft -> draft.extrinsics = Optional.of(extrinsics));
    }

    /** In pixels of the photos as given, one a photo. */
    public TaskOptions withIntrinsics(List<Intrinsics> intrinsics) {
        return with(draft -> draft.intrinsics = Optional.of(intrinsics));
    }

    /** Returns these options with the resolution that a model brings photos to. */
    TaskOptions resolvedFor(ModelConfig model) {
        return withResolution(resolution.orElse(model.processingSize()), resizeMethod);
    }

    /** What these options ask of photos. */
    Request request(List<Image> photos) {
        Request request = Request.of(photos)
                .withResolution(resolution, resizeMethod)
                .withFeatureLayers(featureLayers)
                .withAlignDepth(alignDepth)
                .withPosesFromRays(posesFromRays)
                .withReferenceView(referenceView)
                .withOutputs(ExportFormat.outputs(formats))
                .withSeed(seed)
                .withoutWeightsHash(); // for which a whole checkpoint is read, and no result has it
        request = extrinsics.isPresent() ? request.withPoses(extrinsics.get()) : request;
        return intrinsics.isPresent() ? request.withIntrinsics(intrinsics.get()) : request;
    }

    ExportOptions export() {
        return ExportOptions.defaults()
                .withGlb(glb(confidencePercentile, maxPoints, showCameras, seed))
                .withFeatureFramesPerSecond(featureFramesPerSecond);
    }

    private static GlbOptions glb(double confidencePercentile, int maxPoints, boolean showCameras, long seed) {
        GlbOptions defaults = GlbOptions.defaults();
        return defaults.withPercentiles(confidencePercentile, defaults.ensuredPercentile())
                .withMaxPoints(maxPoints)
                .withCameras(showCameras, defaults.cameraSize())
                .withSeed(seed);
    }

    private TaskOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** Options being changed. */
    private static final class Draft {
        private List<ExportFormat> formats;
        private OptionalInt resolution;
        private ResizeMethod resizeMethod;
        private List<Integer> featureLayers;
        private boolean alignDepth;
        private boolean posesFromRays;
        private ReferenceViewStrategy referenceView;
        private long seed;
        private double confidencePercentile;
        private int maxPoints;
        private boolean showCameras;
        private double featureFramesPerSecond;
        private Optional<List<Pose>> extrinsics;
        private Optional<List<Intrinsics>> intrinsics;

        Draft(TaskOptions from) {
            formats = from.formats;
            resolution = from.resolution;
            resizeMethod = from.resizeMethod;
            featureLayers = from.featureLayers;
            alignDepth = from.alignDepth;
            posesFromRays = from.posesFromRays;
            referenceView = from.referenceView;
            seed = from.seed;
            confidencePercentile = from.confidencePercentile;
            maxPoints = from.maxPoints;
            showCameras = from.showCameras;
            featureFramesPerSecond = from.featureFramesPerSecond;
            extrinsics = from.extrinsics;
            intrinsics = from.intrinsics;
        }

        TaskOptions options() {
            return new TaskOptions(
                    formats,
                    resolution,
                    resizeMethod,
                    featureLayers,
                    alignDepth,
                    posesFromRays,
                    referenceView,
                    seed,
                    confidencePercentile,
                    maxPoints,
                    showCameras,
                    featureFramesPerSecond,
                    extrinsics,
                    intrinsics);
        }
    }
}
