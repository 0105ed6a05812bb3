package da3.core;

import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.nn.Output;
import da3.nn.ReferenceViewStrategy;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to predict from which photos. Everything but the photos has a default; {@code with...} changes one thing.
 *
 * @param images at least one
 * @param poses world-to-camera, one for each image, or absent
 * @param intrinsics in pixels of the images as given, one for each image, or absent
 * @param resolution the side that {@code resizeMethod} speaks of, in pixels
 * @param resizeMethod how images are brought to that size
 * @param outputs what to compute beyond depth, and nothing else; what the model has not is refused. Empty: cameras, where
 *     the model has them
 * @param posesFromRays whether cameras are fitted to the rays instead of decoded from the camera tokens
 * @param referenceView how the view is chosen in whose frame the world is put
 * @param featureLayers blocks whose tokens are returned as features
 * @param alignDepth with given poses: whether depth is brought to their unit and they are returned, or depth stays as it
 *     is and they are moved to where the network sees them
 * @param seed of every random draw
 */
public record Request(
        List<Image> images,
        Optional<List<Pose>> poses,
        Optional<List<Intrinsics>> intrinsics,
        int resolution,
        ResizeMethod resizeMethod,
        Set<Output> outputs,
        boolean posesFromRays,
        ReferenceViewStrategy referenceView,
        List<Integer> featureLayers,
        boolean alignDepth,
        long seed) {

    public Request {
        images = List.copyOf(images);
        poses = poses.map(List::copyOf);
        intrinsics = intrinsics.map(List::copyOf);
        outputs = Set.copyOf(outputs);
        featureLayers = List.copyOf(featureLayers);
        if (images.isEmpty()) {
            throw new IllegalArgumentException("no images; legal: at least one");
        }
        requireOneEach("poses", poses, images.size());
        requireOneEach("intrinsics", intrinsics, images.size());
        poses.ifPresent(all -> {
            for (int i = 0; i < all.size(); i++) {
                all.get(i).requireRigid("pose " + i);
            }
        });
        intrinsics.ifPresent(all -> {
            for (int i = 0; i < all.size(); i++) {
                all.get(i).requireValid("intrinsics " + i);
            }
        });
        if (poses.isPresent() && intrinsics.isEmpty()) {
            throw new IllegalArgumentException("poses without intrinsics; legal: both, intrinsics alone, or neither");
        }
    }

    /** Depth, and cameras where the model has them. */
    public static Request of(List<Image> images) {
        return new Request(
                images,
                Optional.empty(),
                Optional.empty(),
                504,
                ResizeMethod.UPPER_BOUND_RESIZE,
                EnumSet.noneOf(Output.class),
                false,
                ReferenceViewStrategy.SADDLE_BALANCED,
                List.of(),
                true,
                42);
    }

    public Request withCameras(List<Pose> poses, List<Intrinsics> intrinsics) {
        return new Request(
                images,
                Optional.of(poses),
                Optional.of(intrinsics),
                resolution,
                resizeMethod,
                outputs,
                posesFromRays,
                referenceView,
                featureLayers,
                alignDepth,
                seed);
    }

    public Request withIntrinsics(List<Intrinsics> intrinsics) {
        return new Request(
                images,
                poses,
                Optional.of(intrinsics),
                resolution,
                resizeMethod,
                outputs,
                posesFromRays,
                referenceView,
                featureLayers,
                alignDepth,
                seed);
    }

    public Request withResolution(int resolution, ResizeMethod method) {
        return new Request(
                images,
                poses,
                intrinsics,
                resolution,
                method,
                outputs,
                posesFromRays,
                referenceView,
                featureLayers,
                alignDepth,
                seed);
    }

    public Request withOutputs(Set<Output> outputs) {
        return new Request(
                images,
                poses,
                intrinsics,
                resolution,
                resizeMethod,
                outputs,
                posesFromRays,
                referenceView,
                featureLayers,
                alignDepth,
                seed);
    }

    public Request withPosesFromRays(boolean posesFromRays) {
        return new Request(
                images,
                poses,
                intrinsics,
                resolution,
                resizeMethod,
                outputs,
                posesFromRays,
                referenceView,
                featureLayers,
                alignDepth,
                seed);
    }

    public Request withReferenceView(ReferenceViewStrategy referenceView) {
        return new Request(
                images,
                poses,
                intrinsics,
                resolution,
                resizeMethod,
                outputs,
                posesFromRays,
                referenceView,
                featureLayers,
                alignDepth,
                seed);
    }

    public Request withFeatureLayers(List<Integer> featureLayers) {
        return new Request(
                images,
                poses,
                intrinsics,
                resolution,
                resizeMethod,
                outputs,
                posesFromRays,
                referenceView,
                featureLayers,
                alignDepth,
                seed);
    }

    public Request withAlignDepth(boolean alignDepth) {
        return new Request(
                images,
                poses,
                intrinsics,
                resolution,
                resizeMethod,
                outputs,
                posesFromRays,
                referenceView,
                featureLayers,
                alignDepth,
                seed);
    }

    public Request withSeed(long seed) {
        return new Request(
                images,
                poses,
                intrinsics,
                resolution,
                resizeMethod,
                outputs,
                posesFromRays,
                referenceView,
                featureLayers,
                alignDepth,
                seed);
    }

    private static void requireOneEach(String what, Optional<? extends List<?>> given, int images) {
        if (given.isPresent() && given.get().size() != images) {
            throw new IllegalArgumentException(
                    given.get().size() + " " + what + " for " + images + " images; legal: one for each, or none");
        }
    }
}
