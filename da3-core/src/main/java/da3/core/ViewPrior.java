package da3.core;

import da3.geometry.DepthSample;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import java.util.List;
import java.util.Optional;

/**
 * What is known about a view before inference.
 *
 * @param pose world-to-camera pose. Only models with a camera encoder can use it
 * @param intrinsics intrinsics in pixels of the given image. They replace predicted ones, and the metric model needs them
 *     to return meters
 * @param sparseDepth measured depths, possibly none, which determine the scale of the scene in meters
 */
public record ViewPrior(Optional<Pose> pose, Optional<Intrinsics> intrinsics, List<DepthSample> sparseDepth) {

    /** The prior of a view about which nothing is known. */
    public static final ViewPrior NONE = new ViewPrior(Optional.empty(), Optional.empty(), List.of());

    public ViewPrior {
        sparseDepth = List.copyOf(sparseDepth);
    }

    /** Returns this prior with a pose, or without one. */
    public ViewPrior withPose(Optional<Pose> pose) {
        return new ViewPrior(pose, intrinsics, sparseDepth);
    }

    /** Returns this prior with other intrinsics. */
    public ViewPrior withIntrinsics(Intrinsics intrinsics) {
        return new ViewPrior(pose, Optional.of(intrinsics), sparseDepth);
    }

    /** Returns this prior with other measured depths. */
    public ViewPrior withSparseDepth(List<DepthSample> sparseDepth) {
        return new ViewPrior(pose, intrinsics, sparseDepth);
    }
}
