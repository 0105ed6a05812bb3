package da3.core;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.align.PoseAlignment;
import da3.geometry.align.PoseNormalization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Given poses of some or all views, and intrinsics of all views or none.
 *
 * @param views number of views
 * @param poses world-to-camera poses by view, in ascending order, at least one
 * @param intrinsics intrinsics in pixels of the processed images
 * @param seed seed of the alignment
 */
record PosedInput(int views, Map<Integer, Pose> poses, Optional<List<Intrinsics>> intrinsics, long seed) {

    /** Returns the given cameras of a request; empty if it has no pose. */
    static Optional<PosedInput> of(Request request, ProcessedInput input) {
        Map<Integer, Pose> poses = request.poses();
        return poses.isEmpty()
                ? Optional.empty()
                : Optional.of(new PosedInput(
                        input.views(),
                        poses,
                        intrinsics(input),
                        request.options().seed()));
    }

    /** Returns the given intrinsics in pixels of the processed images; empty if there are none. */
    static Optional<List<Intrinsics>> intrinsics(ProcessedInput input) {
        return input.intrinsics().isEmpty() ? Optional.empty() : Optional.of(input.intrinsics());
    }

    /** Returns whether poses and intrinsics of all views are given. */
    boolean isComplete() {
        return poses.size() == views && intrinsics.isPresent();
    }

    /** Returns the given cameras, which must be complete. */
    List<Camera> given() {
        return cameras(List.copyOf(poses.values()), intrinsics.orElseThrow());
    }

    /**
     * Returns the cameras of all views in the given frame. Missing poses and intrinsics are taken from predicted cameras.
     *
     * @param predicted cameras of all views that the network predicts without given ones
     */
    List<Camera> completedBy(List<Camera> predicted) {
        PoseAlignment alignment = alignGiven(predicted, OptionalDouble.empty());
        List<Pose> all = new ArrayList<>();
        for (int view = 0; view < views; view++) {
            Pose given = poses.get(view);
            all.add(
                    given != null
                            ? given
                            : alignment.inGivenFrame(predicted.get(view).pose()));
        }
        return cameras(all, intrinsics.orElseGet(() -> predicted.stream()
                .map(Camera::intrinsics)
                .toList()));
    }

    /** Returns cameras in the frame and unit of the network. */
    static List<Camera> normalized(List<Camera> cameras) {
        return cameras(
                PoseNormalization.normalize(cameras.stream().map(Camera::pose).toList()),
                cameras.stream().map(Camera::intrinsics).toList());
    }

    /**
     * Returns the alignment of the given frame to the frame of the prediction. It uses all views, also those with completed
     * poses, unless the given poses determine no scale.
     *
     * @param predicted cameras that were predicted from the conditioning cameras
     * @param conditioning cameras of all views that conditioned the network, in the given frame
     * @param medianDepth median of the predicted depth
     */
    PoseAlignment align(List<Camera> predicted, List<Camera> conditioning, OptionalDouble medianDepth) {
        PoseAlignment given = alignGiven(predicted, medianDepth);
        return given.scaled() && poses.size() < views
                ? PoseAlignment.of(poses(predicted), poses(conditioning), medianDepth, seed)
                : given;
    }

    private PoseAlignment alignGiven(List<Camera> predicted, OptionalDouble medianDepth) {
        List<Pose> ofGivenViews =
                poses.keySet().stream().map(view -> predicted.get(view).pose()).toList();
        return PoseAlignment.of(ofGivenViews, List.copyOf(poses.values()), medianDepth, seed);
    }

    private static List<Pose> poses(List<Camera> cameras) {
        return cameras.stream().map(Camera::pose).toList();
    }

    private static List<Camera> cameras(List<Pose> poses, List<Intrinsics> intrinsics) {
        List<Camera> cameras = new ArrayList<>();
        for (int i = 0; i < poses.size(); i++) {
            cameras.add(new Camera(poses.get(i), intrinsics.get(i)));
        }
        return cameras;
    }
}
