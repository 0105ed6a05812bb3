package da3.core;

import da3.geometry.DepthSample;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.KnownDistance;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The images of a prediction, priors of their views, and options.
 *
 * @param images views in the caller's order, at least one
 * @param priors priors, one per image, or none at all. Poses may be given for some views only; those of the other views are
 *     estimated first. Intrinsics are given for all views or for none
 * @param options options of the prediction
 * @param knownDistance a known distance, which determines the scale of the scene in meters
 */
public record Request(
        List<Image> images, List<ViewPrior> priors, InferenceOptions options, Optional<KnownDistance> knownDistance) {

    /** @throws IllegalArgumentException if there is no image, or the priors or the known distance do not match the images */
    public Request {
        images = List.copyOf(images);
        Check.atLeast("number of images", 1, images.size());
        ViewPriors.require(priors, sizes(images));
        priors = priors.stream().allMatch(ViewPrior.NONE::equals) ? List.of() : List.copyOf(priors);
        if (knownDistance.isPresent()) {
            int view = knownDistance.get().view();
            Check.inRange("view of the known distance", 0, images.size() - 1, view);
            knownDistance
                    .get()
                    .requireInside(images.get(view).width(), images.get(view).height());
        }
    }

    /** Creates a request without a known distance. */
    public Request(List<Image> images, List<ViewPrior> priors, InferenceOptions options) {
        this(images, priors, options, Optional.empty());
    }

    /** Returns a request for depth, and for cameras if the model predicts them. */
    public static Request of(List<Image> images) {
        return of(images, InferenceOptions.defaults());
    }

    /** Returns a request without priors. */
    public static Request of(List<Image> images, InferenceOptions options) {
        return new Request(images, List.of(), options);
    }

    /** Returns this request with other options. */
    public Request withOptions(InferenceOptions options) {
        return new Request(images, priors, options, knownDistance);
    }

    /**
     * Returns this request with changed options, for instance {@code request.withOptions(o -> o.seed(7))}.
     *
     * @param change changes a builder that starts from the options of this request
     */
    public Request withOptions(UnaryOperator<InferenceOptions.Builder> change) {
        return withOptions(change.apply(options.toBuilder()).build());
    }

    /** Returns this request with other priors, one per image or none at all. */
    public Request withPriors(List<ViewPrior> priors) {
        return new Request(images, priors, options, knownDistance);
    }

    /** Returns this request with a known distance between two points of a view. */
    public Request withKnownDistance(KnownDistance knownDistance) {
        return new Request(images, priors, options, Optional.of(knownDistance));
    }

    /** Returns this request with world-to-camera poses and intrinsics of all views. */
    public Request withCameras(List<Pose> poses, List<Intrinsics> intrinsics) {
        return withPoses(poses).withIntrinsics(intrinsics);
    }

    /** Returns this request with world-to-camera poses of all views. */
    public Request withPoses(List<Pose> poses) {
        return with("poses", poses, (prior, pose) -> prior.withPose(Optional.of(pose)));
    }

    /** Returns this request with world-to-camera poses of some views, by view number. */
    public Request withPoses(Map<Integer, Pose> poses) {
        poses.keySet().forEach(view -> Check.inRange("view of a pose", 0, images.size() - 1, view));
        List<Optional<Pose>> byView = IntStream.range(0, images.size())
                .mapToObj(view -> Optional.ofNullable(poses.get(view)))
                .toList();
        return with("poses", byView, ViewPrior::withPose);
    }

    /** Returns this request with intrinsics of all views, in pixels of the given images. */
    public Request withIntrinsics(List<Intrinsics> intrinsics) {
        return with("intrinsics", intrinsics, ViewPrior::withIntrinsics);
    }

    /** Returns this request with measured depths, one list per image, which may be empty. */
    public Request withSparseDepth(List<List<DepthSample>> sparseDepth) {
        return with("lists of depth samples", sparseDepth, ViewPrior::withSparseDepth);
    }

    /** Returns the sizes of the images in pixels. */
    public List<InputProcessing.Size> sizes() {
        return sizes(images);
    }

    /** Returns the known poses by view, in ascending order. */
    Map<Integer, Pose> poses() {
        return ViewPriors.poses(priors);
    }

    /** Returns the intrinsics of all views, or empty if none are known. */
    Optional<List<Intrinsics>> intrinsics() {
        return ViewPriors.intrinsics(priors);
    }

    /** Returns the measured depths of a view, which may be empty. */
    List<DepthSample> sparseDepth(int view) {
        return prior(view).sparseDepth();
    }

    /** Returns the request for one image as if it were the only one. */
    Request ofView(int view) {
        return new Request(
                List.of(images.get(view)),
                List.of(prior(view)),
                options.toBuilder().independent(false).build());
    }

    private ViewPrior prior(int view) {
        return priors.isEmpty() ? ViewPrior.NONE : priors.get(view);
    }

    /** @param values one per image */
    private <T> Request with(String name, List<T> values, BiFunction<ViewPrior, T, ViewPrior> change) {
        ViewPriors.requireOnePerImage(name, values, images.size());
        return withPriors(IntStream.range(0, images.size())
                .mapToObj(view -> change.apply(prior(view), values.get(view)))
                .toList());
    }

    private static List<InputProcessing.Size> sizes(List<Image> images) {
        return images.stream().map(InputProcessing.Size::of).toList();
    }
}
