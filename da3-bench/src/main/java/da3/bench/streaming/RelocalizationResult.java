package da3.bench.streaming;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.align.Umeyama;
import da3.geometry.metrics.Angles;
import da3.streaming.PhotoLocation.Placement;
import da3.streaming.PhotoLocator;
import da3.streaming.StreamingMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Errors of located photos.
 *
 * @param photos number of photos that the map could place
 * @param errors errors of those that were placed, after the map was aligned to the truth
 * @param nearFrame the same relative to the frame with which each photo was compared, without the errors of the map
 * @param foreign number of photos from elsewhere
 * @param foreignPlaced number of those that were placed
 */
record RelocalizationResult(
        int photos, List<PoseError> errors, List<PoseError> nearFrame, int foreign, int foreignPlaced) {

    /** The difference between a camera and the true one. */
    record PoseError(double meters, double degrees) {

        static PoseError of(Pose pose, Pose truth) {
            return new PoseError(
                    pose.cameraCenter().minus(truth.cameraCenter()).norm(),
                    Angles.between(pose.rotation(), truth.rotation()));
        }

        boolean within(double maxMeters, double maxDegrees) {
            return meters <= maxMeters && degrees <= maxDegrees;
        }
    }

    static RelocalizationResult of(StreamingMap map, PhotoSet set) throws IOException {
        List<Pose> cameras = map.cameras().stream().map(Camera::pose).toList();
        Sim3 toTruth = Umeyama.align(set.route().poses(), cameras);
        PhotoLocator locator = map.locator();
        List<PoseError> errors = new ArrayList<>();
        List<PoseError> nearFrame = new ArrayList<>();
        int foreignPlaced = 0;
        for (int i = 0; i < set.known().size() + set.foreign().size(); i++) {
            Optional<Placement> placement = locator.locate(set.frame(i)).placement();
            if (placement.isPresent() && i < set.known().size()) {
                Pose truth = set.known().get(i).camera().orElseThrow().pose();
                Pose pose = toTruth.applyToPose(placement.get().camera().pose());
                int frame = placement.get().frame();
                Pose correction = toTruth.applyToPose(cameras.get(frame))
                        .inverse()
                        .compose(set.route().camera(frame).pose());
                errors.add(PoseError.of(pose, truth));
                nearFrame.add(PoseError.of(pose.compose(correction), truth));
            } else if (placement.isPresent()) {
                foreignPlaced++;
            }
        }
        return new RelocalizationResult(
                set.known().size(), errors, nearFrame, set.foreign().size(), foreignPlaced);
    }

    long within(double meters, double degrees) {
        return errors.stream().filter(error -> error.within(meters, degrees)).count();
    }

    double medianMeters() {
        return median(errors.stream().mapToDouble(PoseError::meters).sorted().toArray());
    }

    double medianDegrees() {
        return median(errors.stream().mapToDouble(PoseError::degrees).sorted().toArray());
    }

    private static double median(double[] sorted) {
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
