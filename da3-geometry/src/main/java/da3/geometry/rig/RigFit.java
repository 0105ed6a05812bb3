package da3.geometry.rig;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.align.NearestRotation;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.Angles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Instants of a rig, fitted to predicted cameras. The arrangement of the cameras is known, so an instant has one pose. The
 * distances between the cameras of an instant determine the scale, which all instants share.
 *
 * @param rigFromWorld pose of the rig at each instant: from the world frame of the prediction, in meters, to rig
 *     coordinates
 * @param scale meters per unit of the prediction
 * @param scaleDeviation standard deviation of the logarithm of the scale, from the disagreement of the cameras
 * @param rotationError mean angle between predicted and fitted cameras in degrees
 */
public record RigFit(List<Pose> rigFromWorld, double scale, double scaleDeviation, double rotationError) {

    public RigFit {
        rigFromWorld = List.copyOf(rigFromWorld);
    }

    /**
     * Fits instants.
     *
     * @param predicted world-to-camera poses of all cameras of the first instant in the order of the rig, then of the
     *     second one, and so on
     * @throws IllegalArgumentException if these are no whole instants
     * @throws DegenerateGeometryException if the centers of the cameras coincide, or the predicted centers are arranged so
     *     differently that they determine no scale
     */
    public static RigFit of(Rig rig, List<Pose> predicted) {
        int count = rig.size();
        if (predicted.isEmpty() || predicted.size() % count != 0) {
            throw Check.invalid("number of predicted cameras", "a multiple of " + count, predicted.size());
        }
        if (rig.baseline() == 0) {
            throw new DegenerateGeometryException(
                    "the cameras of the rig have the same center, which determines no scale");
        }
        List<List<Pose>> instants = new ArrayList<>();
        for (int first = 0; first < predicted.size(); first += count) {
            instants.add(predicted.subList(first, first + count));
        }
        List<Mat3> rotations =
                instants.stream().map(instant -> rotation(rig, instant)).toList();
        List<Vec3> centers = rig.centers();
        double[] ratios = new double[instants.size()];
        for (int k = 0; k < ratios.length; k++) {
            ratios[k] = new Offsets(centers, centers(instants.get(k)), rotations.get(k)).unitsPerMeter();
        }
        double unitsPerMeter = median(ratios);
        if (!(unitsPerMeter > 0 && unitsPerMeter < Double.POSITIVE_INFINITY)) {
            throw new DegenerateGeometryException(Check.message(
                    "predicted distances between cameras of the rig",
                    "arranged like those of the rig",
                    unitsPerMeter + " units per meter"));
        }
        List<Pose> poses = new ArrayList<>();
        double squaredError = 0;
        double squares = 0;
        double angles = 0;
        for (int k = 0; k < instants.size(); k++) {
            Offsets offsets = new Offsets(centers, centers(instants.get(k)), rotations.get(k));
            squaredError += offsets.squaredError(unitsPerMeter);
            squares += unitsPerMeter * unitsPerMeter * offsets.squares();
            angles += angles(rig, instants.get(k), rotations.get(k));
            // the mean center of the cameras is where the rig puts it
            Mat3 worldFromRig = rotations.get(k).transpose();
            Vec3 center = Vec3.mean(centers(instants.get(k)))
                    .times(1 / unitsPerMeter)
                    .minus(worldFromRig.times(Vec3.mean(centers)));
            poses.add(new Pose(worldFromRig, center).inverse());
        }
        double freedom = Math.max(1, 3.0 * instants.size() * (count - 1) - 1);
        return new RigFit(
                poses, 1 / unitsPerMeter, Math.sqrt(squaredError / freedom / squares), angles / predicted.size());
    }

    /** Returns the rotation from the predicted world to the rig that agrees best with all cameras. */
    private static Mat3 rotation(Rig rig, List<Pose> instant) {
        double[] sum = new double[9];
        for (int c = 0; c < instant.size(); c++) {
            Mat3 rigFromSensor = rig.cameras().get(c).sensorFromRig().rotation().transpose();
            double[] rigFromWorld =
                    rigFromSensor.times(instant.get(c).rotation()).toArray();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += rigFromWorld[i];
            }
        }
        return NearestRotation.of(Mat3.of(sum, 0)).rotation();
    }

    private static double angles(Rig rig, List<Pose> instant, Mat3 rigFromWorld) {
        double sum = 0;
        for (int c = 0; c < instant.size(); c++) {
            Mat3 fitted = rig.cameras().get(c).sensorFromRig().rotation().times(rigFromWorld);
            sum += Angles.between(fitted, instant.get(c).rotation());
        }
        return sum;
    }

    private static List<Vec3> centers(List<Pose> poses) {
        return poses.stream().map(Pose::cameraCenter).toList();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Offsets of the cameras of an instant from their mean center: known ones in meters, and predicted ones. */
    private static final class Offsets {
        private final List<Vec3> known = new ArrayList<>();
        private final List<Vec3> predicted = new ArrayList<>();

        Offsets(List<Vec3> knownCenters, List<Vec3> predictedCenters, Mat3 rigFromWorld) {
            Vec3 knownMean = Vec3.mean(knownCenters);
            Vec3 predictedMean = Vec3.mean(predictedCenters);
            for (int c = 0; c < knownCenters.size(); c++) {
                known.add(knownCenters.get(c).minus(knownMean));
                predicted.add(rigFromWorld.times(predictedCenters.get(c).minus(predictedMean)));
            }
        }

        /** Returns the least squares factor from known to predicted offsets: only the latter have errors. */
        double unitsPerMeter() {
            double products = 0;
            for (int c = 0; c < known.size(); c++) {
                products += known.get(c).dot(predicted.get(c));
            }
            return products / squares();
        }

        double squares() {
            return known.stream().mapToDouble(offset -> offset.dot(offset)).sum();
        }

        double squaredError(double factor) {
            double sum = 0;
            for (int c = 0; c < known.size(); c++) {
                Vec3 error = predicted.get(c).minus(known.get(c).times(factor));
                sum += error.dot(error);
            }
            return sum;
        }
    }
}
