package da3.geometry.metrics;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.align.Umeyama;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Errors of a camera trajectory after alignment with the true one by the similarity that brings the camera centers closest
 * in the least squares sense. All are root mean squares.
 *
 * <p>Predicted centers that determine no similarity, such as those of cameras that never move, are put at the mean of the
 * true ones.
 *
 * <p>Source: Sturm et al., "A Benchmark for the Evaluation of RGB-D SLAM Systems", 2012, with the similarity of
 * Umeyama, 1991, because predictions have no unit.
 *
 * @param absolute distance between aligned and true camera centers (ATE), in the unit of the truth
 * @param relativeTranslation error of the translation from each view to the next (RPE), in the unit of the truth
 * @param relativeRotation error of the rotation from each view to the next (RPE), degrees
 */
public record TrajectoryError(double absolute, double relativeTranslation, double relativeRotation) {

    /**
     * Compares trajectories.
     *
     * @param predicted a camera for each view, world-to-camera
     * @param truth a camera for each view, world-to-camera, in the order of the views
     * @return the errors; empty if the true cameras are fewer than three or their centers are on a line
     * @throws IllegalArgumentException if the numbers of cameras differ
     */
    public static Optional<TrajectoryError> of(List<Camera> predicted, List<Camera> truth) {
        if (predicted.size() != truth.size()) {
            throw Check.invalid(
                    "number of predicted cameras", "that of the true ones, " + truth.size(), predicted.size());
        }
        List<Pose> real = truth.stream().map(Camera::pose).toList();
        try {
            Umeyama.align(real, real);
        } catch (DegenerateGeometryException e) {
            return Optional.empty();
        }
        return Optional.of(
                ofAligned(aligned(real, predicted.stream().map(Camera::pose).toList()), real));
    }

    private static List<Pose> aligned(List<Pose> truth, List<Pose> predicted) {
        Sim3 alignment;
        try {
            alignment = Umeyama.align(truth, predicted);
        } catch (DegenerateGeometryException e) {
            Vec3 mean = Vec3.mean(truth.stream().map(Pose::cameraCenter).toList());
            alignment = new Sim3(0, Mat3.IDENTITY, mean);
        }
        return predicted.stream().map(alignment::applyToPose).toList();
    }

    private static TrajectoryError ofAligned(List<Pose> aligned, List<Pose> truth) {
        List<Double> centers = new ArrayList<>();
        List<Double> translations = new ArrayList<>();
        List<Double> rotations = new ArrayList<>();
        for (int i = 0; i < truth.size(); i++) {
            centers.add(aligned.get(i)
                    .cameraCenter()
                    .minus(truth.get(i).cameraCenter())
                    .norm());
            if (i > 0) {
                Pose error = motion(truth, i).inverse().compose(motion(aligned, i));
                translations.add(error.translation().norm());
                rotations.add(Angles.of(error.rotation()));
            }
        }
        return new TrajectoryError(rootMeanSquare(centers), rootMeanSquare(translations), rootMeanSquare(rotations));
    }

    /** Returns the pose of a camera in the frame of the one before. */
    private static Pose motion(List<Pose> poses, int view) {
        return poses.get(view - 1).compose(poses.get(view).inverse());
    }

    private static double rootMeanSquare(List<Double> values) {
        return Math.sqrt(
                values.stream().mapToDouble(value -> value * value).average().orElseThrow());
    }
}
