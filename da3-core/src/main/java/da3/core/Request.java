package da3.core;

import da3.geometry.DepthSample;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.nn.ModelConfig;
import da3.nn.Output;
import da3.nn.ReferenceViewStrategy;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What to predict from which photos. Everything but the photos has a default; {@code with...} changes one thing.
 *
 * @param images at least one
 * @param poses world-to-camera, by the number of the view (from 0), in ascending order: of no view, of some or of all. A
 *     model that knows cameras is told them; those of other views are estimated first, and so are intrinsics that are
 *     not given
 * @param intrinsics in pixels of the images as given, one for each image, or absent. They replace the model's own
 *     wherever depth becomes points, and give the metric model its meters
 * @param sparseDepth measured depths, a list for each image (which may be empty); or empty. They bring the scene to meters
 * @param resolution length of the side that {@code resizeMethod} bounds, in pixels; empty for the model's own
 *     {@link ModelConfig#processingSize()}
 * @param resizeMethod how images are brought to that size
 * @param outputs what to compute beyond depth, and nothing else; what the model has not is refused. Empty: cameras, where
 *     the model has them
 * @param posesFromRays whether cameras are fitted to the rays instead of decoded from the camera tokens
 * @param referenceView how the view is chosen in whose frame the world is put
 * @param featureLayers blocks whose tokens are returned as features
 * @param alignDepth with given poses: whether the scene is brought to their frame and unit and they are returned, or depth
 *     stays as it is and they are moved to where the network sees them
 * @param posesInMeters whether the unit of given poses is the meter, so that a scene in their unit is metric
 * @param independent whether the photos have nothing to do with each other: each is predicted as if it were alone
 * @param nativeSize whether maps and intrinsics come at the size of the photos as given
 * @param weightsHash whether the result's provenance has a digest of a checkpoint's bytes, for which all of them are read
 *     once more, beside the first prediction
 * @param seed of every random draw
 */
public record Request(
        List<Image> images,
        Map<Integer, Pose> poses,
        Optional<List<Intrinsics>> intrinsics,
        List<List<DepthSample>> sparseDepth,
        OptionalInt resolution,
        ResizeMethod resizeMethod,
        Set<Output> outputs,
        boolean posesFromRays,
        ReferenceViewStrategy referenceView,
        List<Integer> featureLayers,
        boolean alignDepth,
        boolean posesInMeters,
        boolean independent,
        boolean nativeSize,
        boolean weightsHash,
        long seed) {

    public Request {
        images = List.copyOf(images);
        poses = Collections.unmodifiableMap(new TreeMap<>(poses));
        intrinsics = intrinsics.map(List::copyOf);
        sparseDepth = sparseDepth.stream().map(List::copyOf).toList();
        outputs = Set.copyOf(outputs);
        featureLayers = List.copyOf(featureLayers);
        int views = images.size();
        if (views == 0) {
            throw new IllegalArgumentException("no images; legal: at least one");
        }
        poses.forEach((view, pose) -> {
            if (view < 0 || view >= views) {
                throw new IllegalArgumentException(
                        "pose of view " + view + ", but there are " + views + " images; legal: 0 to " + (views - 1));
            }
            pose.requireRigid("pose " + view);
        });
        if (intrinsics.isPresent()) {
            requireOneEach("intrinsics", intrinsics.get(), views);
            for (int i = 0; i < views; i++) {
                intrinsics.get().get(i).requireValid("intrinsics " + i);
            }
        }
        if (!sparseDepth.isEmpty()) {
            requireOneEach("lists of depth samples", sparseDepth, views);
            for (int i = 0; i < views; i++) {
                for (int k = 0; k < sparseDepth.get(i).size(); k++) {
                    sparseDepth.get(i).get(k).requireIn(images.get(i), "depth sample " + k + " of view " + i);
                }
            }
        }
    }

    /** Depth, and cameras where the model has them. */
    public static Request of(List<Image> images) {
        return new Request(
                images,
                Map.of(),
                Optional.empty(),
                List.of(),
                OptionalInt.empty(),
                ResizeMethod.UPPER_BOUND_RESIZE,
                EnumSet.noneOf(Output.class),
                false,
                ReferenceViewStrategy.SADDLE_BALANCED,
                List.of(),
                true,
                false,
                false,
                false,
                true,
                42);
    }

    /** Poses and intrinsics of all views. */
    public Request withCameras(List<Pose> poses, List<Intrinsics> intrinsics) {
        return withPoses(poses).withIntrinsics(intrinsics);
    }

    /** World-to-camera poses of all views. */
    public Request withPoses(List<Pose> poses) {
        requireOneEach("poses", poses, images.size());
        Map<Integer, Pose> byView = new TreeMap<>();
        for (Pose pose : poses) {
            byView.put(byView.size(), pose);
        }
        return withPoses(byView);
    }

    /** World-to-camera poses of some views, by the view's number from 0. */
    public Request withPoses(Map<Integer, Pose> poses) {
        return with(draft -> draft.poses = poses);
    }

    public Request withIntrinsics(List<Intrinsics> intrinsics) {
        return with(draft -> draft.intrinsics = Optional.of(intrinsics));
    }

    /** Measured depths, a list for each image. */
    public Request withSparseDepth(List<List<DepthSample>> sparseDepth) {
        return with(draft -> draft.sparseDepth = sparseDepth);
    }

    public Request withResolution(int resolution, ResizeMethod method) {
        return withResolution(OptionalInt.of(resolution), method);
    }

    /**
     * Sets how images are brought to size.
     *
     * @param resolution length in pixels of the side that the method bounds; empty for the model's own
     */
    public Request withResolution(OptionalInt resolution, ResizeMethod method) {
        return with(draft -> {
            draft.resolution = resolution;
            draft.resizeMethod = method;
        });
    }

    public Request withOutputs(Set<Output> outputs) {
        return with(draft -> draft.outputs = outputs);
    }

    public Request withPosesFromRays(boolean posesFromRays) {
        return with(draft -> draft.posesFromRays = posesFromRays);
    }

    public Request withReferenceView(ReferenceViewStrategy referenceView) {
        return with(draft -> draft.referenceView = referenceView);
    }

    public Request withFeatureLayers(List<Integer> featureLayers) {
        return with(draft -> draft.featureLayers = featureLayers);
    }

    public Request withAlignDepth(boolean alignDepth) {
        return with(draft -> draft.alignDepth = alignDepth);
    }

    public Request withPosesInMeters(boolean posesInMeters) {
        return with(draft -> draft.posesInMeters = posesInMeters);
    }

    /** Photos that have nothing to do with each other; they may differ in size, and each gets what it would get alone. */
    public Request independentViews() {
        return with(draft -> draft.independent = true);
    }

    /** Maps and intrinsics at the size of the photos as given. */
    public Request withNativeSize() {
        return with(draft -> draft.nativeSize = true);
    }

    /** No digest of the weights, which takes a processor a second for every few gigabytes. */
    public Request withoutWeightsHash() {
        return with(draft -> draft.weightsHash = false);
    }

    public Request withSeed(long seed) {
        return with(draft -> draft.seed = seed);
    }

    /** Returns the resolution that images are brought to for a model: its own, unless this request has one. */
    public int resolutionFor(ModelConfig model) {
        return resolution.orElse(model.processingSize());
    }

    /** The same of one photo alone. */
    Request ofView(int view) {
        return with(draft -> {
            draft.images = List.of(images.get(view));
            draft.poses = poses.containsKey(view) ? Map.of(0, poses.get(view)) : Map.of();
            draft.intrinsics = intrinsics.map(all -> List.of(all.get(view)));
            draft.sparseDepth = sparseDepth.isEmpty() || sparseDepth.get(view).isEmpty()
                    ? List.of()
                    : List.of(sparseDepth.get(view));
            draft.independent = false;
        });
    }

    private Request with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.request();
    }

    /** Returns the size that the maps of the first view will have, from a model of this configuration. */
    public InputProcessing.Size mapSize(ModelConfig model) {
        List<InputProcessing.Size> photos = images.stream()
                .map(image -> new InputProcessing.Size(image.width(), image.height()))
                .toList();
        if (nativeSize) {
            return photos.get(0);
        }
        return InputProcessing.processedSize(
                independent ? photos.subList(0, 1) : photos, resolutionFor(model), resizeMethod);
    }

    private static void requireOneEach(String what, List<?> given, int images) {
        if (given.size() != images) {
            throw new IllegalArgumentException(
                    given.size() + " " + what + " for " + images + " images; legal: one for each, or none");
        }
    }

    /** A request being changed. */
    private static final class Draft {
        private List<Image> images;
        private Map<Integer, Pose> poses;
        private Optional<List<Intrinsics>> intrinsics;
        private List<List<DepthSample>> sparseDepth;
        private OptionalInt resolution;
        private ResizeMethod resizeMethod;
        private Set<Output> outputs;
        private boolean posesFromRays;
        private ReferenceViewStrategy referenceView;
        private List<Integer> featureLayers;
        private boolean alignDepth;
        private boolean posesInMeters;
        private boolean independent;
        private boolean nativeSize;
        private boolean weightsHash;
        private long seed;

        Draft(Request from) {
            images = from.images;
            poses = from.poses;
            intrinsics = from.intrinsics;
            sparseDepth = from.sparseDepth;
            resolution = from.resolution;
            resizeMethod = from.resizeMethod;
            outputs = from.outputs;
            posesFromRays = from.posesFromRays;
            referenceView = from.referenceView;
            featureLayers = from.featureLayers;
            alignDepth = from.alignDepth;
            posesInMeters = from.posesInMeters;
            independent = from.independent;
            nativeSize = from.nativeSize;
            weightsHash = from.weightsHash;
            seed = from.seed;
        }

        Request request() {
            return new Request(
                    images,
                    poses,
                    intrinsics,
                    sparseDepth,
                    resolution,
                    resizeMethod,
                    outputs,
                    posesFromRays,
                    referenceView,
                    featureLayers,
                    alignDepth,
                    posesInMeters,
                    independent,
                    nativeSize,
                    weightsHash,
                    seed);
        }
    }
}
