package da3.core;

import da3.geometry.DepthSample;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a view before inference.
 *
 * @param pose world-to-camera pose. A model with a camera encoder is conditioned on it
 * @param intrinsics intrinsics in pixels of the given image. They replace predicted ones when depth becomes points, and
 *     let the metric model return meters
 * @param sparseDepth measured depths, possibly none. They bring the scene to meters
 */
public record ViewPrior(Optional<Pose> pose, Optional<Intrinsics> intrinsics, List<DepthSample> sparseDepth) {

    /** The prior of a view of which nothing is known. */
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
