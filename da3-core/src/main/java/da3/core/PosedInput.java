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
 * What a caller knows of the cameras: poses of some or all views, and maybe intrinsics.
 *
 * @param poses world-to-camera by view, ascending, at least one
 * @param intrinsics in pixels of the processed images, of all views or absent
 */
record PosedInput(int views, Map<Integer, Pose> poses, Optional<List<Intrinsics>> intrinsics, long seed) {

    /** Empty if no pose is given. */
    static Optional<PosedInput> of(Request request, ProcessedInput input) {
        Map<Integer, Pose> poses = request.poses();
        return poses.isEmpty()
                ? Optional.empty()
                : Optional.of(new PosedInput(
                        input.views(), poses, known(input), request.options().seed()));
    }

    /** Given intrinsics, in pixels of the processed images. */
    static Optional<List<Intrinsics>> known(ProcessedInput input) {
        return input.intrinsics().isEmpty() ? Optional.empty() : Optional.of(input.intrinsics());
    }

    /** Whether nothing needs to be estimated before the network can be told the cameras. */
    boolean isComplete() {
        return poses.size() == views && intrinsics.isPresent();
    }

    /** All cameras as given; only where they are complete. */
    List<Camera> complete() {
        return cameras(List.copyOf(poses.values()), intrinsics.orElseThrow());
    }

    /**
     * All cameras in the given frame: what is not given is taken from a first look of the network.
     *
     * @param seen cameras as the network sees them without being told any
     */
    List<Camera> completedBy(List<Camera> seen) {
        PoseAlignment alignment = alignKnown(seen, OptionalDouble.empty());
        List<Pose> all = new ArrayList<>();
        for (int view = 0; view < views; view++) {
            Pose given = poses.get(view);
            all.add(
                    given != null
                            ? given
                            : alignment.inGivenFrame(seen.get(view).pose()));
        }
        return cameras(
                all,
                intrinsics.orElseGet(() -> seen.stream().map(Camera::intrinsics).toList()));
    }

    /** Cameras in the frame and the unit that the network is used to. */
    static List<Camera> normalized(List<Camera> cameras) {
        return cameras(
                PoseNormalization.normalize(cameras.stream().map(Camera::pose).toList()),
                cameras.stream().map(Camera::intrinsics).toList());
    }

    /**
     * How the given frame lies in the one that the network answered in after it was told the cameras. All views count,
     * also those whose pose was filled in, unless the given ones alone determine no scale.
     *
     * @param told in the given frame
     * @param depth median of what was predicted
     */
    PoseAlignment align(List<Camera> predicted, List<Camera> told, OptionalDouble depth) {
        PoseAlignment known = alignKnown(predicted, depth);
        return known.scaled() && poses.size() < views
                ? PoseAlignment.of(poses(predicted), poses(told), depth, seed)
                : known;
    }

    private PoseAlignment alignKnown(List<Camera> predicted, OptionalDouble depth) {
        List<Pose> ofKnown =
                poses.keySet().stream().map(view -> predicted.get(view).pose()).toList();
        return PoseAlignment.of(ofKnown, List.copyOf(poses.values()), depth, seed);
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
