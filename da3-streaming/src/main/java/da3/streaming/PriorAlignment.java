package da3.streaming;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.align.Umeyama;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.streaming.prior.MeasuredCenter;
import da3.streaming.prior.Measurements;
import da3.streaming.prior.Odometry;
import da3.streaming.prior.PosePriors;
import da3.streaming.window.MeanRotation;
import java.util.ArrayList;
import java.util.List;

/** The similarity from a map to the world frame of measurements, as the start of an optimization. */
final class PriorAlignment {

    private PriorAlignment() {}

    /**
     * Aligns a map to measured poses; without any, to measured positions; without these, only its scale to odometry. The
     * scale is that of the measured centers if they determine it, else that of odometry, else 1.
     *
     * @param own world-to-camera poses of all frames in the map; with a rig, those of the rig
     * @param metric whether the map is in meters, so that its scale stays
     */
    static Sim3 of(Measurements.Placed measured, List<Pose> own, boolean metric) {
        double scale = metric ? 1 : scale(measured.odometry(), own);
        boolean scaled = !metric && measured.determinesScale();
        if (!measured.poses().isEmpty()) {
            return ofPoses(measured, own, scaled, scale);
        }
        if (!measured.positions().isEmpty()) {
            return ofPositions(measured.centers(), own, scaled, scale);
        }
        return new Sim3(scale, Mat3.IDENTITY, Vec3.ZERO);
    }

    /** Returns the length of the unit of the map in meters according to odometry; 1 without any motion. */
    private static double scale(List<Odometry.Placed> odometry, List<Pose> own) {
        double measured = 0;
        double inMap = 0;
        for (Odometry.Placed placed : odometry) {
            Vec3 from = own.get(placed.from()).cameraCenter();
            Vec3 to = own.get(placed.to()).cameraCenter();
            measured += placed.motion().motion().translation().norm();
            inMap += to.minus(from).norm();
        }
        return measured > 0 && inMap > 0 ? measured / inMap : 1;
    }

    /**
     * Takes the rotation from measured poses, and the scale and translation from all measured centers, each with the weight
     * of its certainty.
     *
     * @param scaled whether the centers determine the scale
     * @param otherwise scale if not
     */
    private static Sim3 ofPoses(Measurements.Placed measured, List<Pose> own, boolean scaled, double otherwise) {
        List<Pose> knownPoses = new ArrayList<>();
        List<Pose> ownPoses = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (PosePriors.Placed pose : measured.poses()) {
            knownPoses.add(pose.prior().pose());
            ownPoses.add(own.get(pose.frame()));
            weights.add(1 / (pose.prior().rotationSigma() * pose.prior().rotationSigma()));
        }
        Mat3 rotation = MeanRotation.of(knownPoses, ownPoses, weights);
        List<MeasuredCenter> centers = measured.centers();
        double sum = 0;
        Vec3 known = Vec3.ZERO;
        Vec3 rotated = Vec3.ZERO;
        for (MeasuredCenter center : centers) {
            sum += center.weight();
            known = known.plus(center.position().times(center.weight()));
            rotated = rotated.plus(rotated(center, own, rotation).times(center.weight()));
        }
        Vec3 knownMean = known.times(1 / sum);
        Vec3 rotatedMean = rotated.times(1 / sum);
        double products = 0;
        double squares = 0;
        for (MeasuredCenter center : centers) {
            Vec3 from = rotated(center, own, rotation).minus(rotatedMean);
            products += center.weight() * from.dot(center.position().minus(knownMean));
            squares += center.weight() * from.dot(from);
        }
        double scale = scaled && products > 0 ? products / squares : otherwise;
        return new Sim3(scale, rotation, knownMean.minus(rotatedMean.times(scale)));
    }

    private static Vec3 rotated(MeasuredCenter center, List<Pose> own, Mat3 rotation) {
        return rotation.times(own.get(center.frame()).cameraCenter());
    }

    /**
     * Aligns camera centers to measured positions. Positions on a line leave the rotation about it open; it is then the
     * smallest one.
     */
    private static Sim3 ofPositions(
            List<MeasuredCenter> measured, List<Pose> frames, boolean scaled, double otherwise) {
        List<Vec3> known = measured.stream().map(MeasuredCenter::position).toList();
        List<Vec3> own = measured.stream()
                .map(center -> frames.get(center.frame()).cameraCenter())
                .toList();
        Sim3 fit;
        try {
            fit = Umeyama.alignPoints(known, own);
        } catch (DegenerateGeometryException e) {
            fit = alignLine(known, own);
        }
        double scale = scaled ? fit.scale() : otherwise;
        Vec3 moved = fit.rotation().times(Vec3.mean(own)).times(scale);
        return new Sim3(scale, fit.rotation(), Vec3.mean(known).minus(moved));
    }

    /** Aligns the directions from the first point to the one farthest from it; the translation is 0. */
    private static Sim3 alignLine(List<Vec3> known, List<Vec3> own) {
        int farthest = 0;
        for (int i = 1; i < own.size(); i++) {
            if (length(own, i) > length(own, farthest)) {
                farthest = i;
            }
        }
        double ownLength = length(own, farthest);
        double knownLength = length(known, farthest);
        if (ownLength == 0 || knownLength == 0) {
            return Sim3.IDENTITY;
        }
        Vec3 from = own.get(farthest).minus(own.get(0)).times(1 / ownLength);
        Vec3 to = known.get(farthest).minus(known.get(0)).times(1 / knownLength);
        return new Sim3(knownLength / ownLength, smallestRotation(from, to), Vec3.ZERO);
    }

    private static double length(List<Vec3> points, int i) {
        return points.get(i).minus(points.get(0)).norm();
    }

    /** Returns the smallest rotation from one unit vector to another: two reflections. */
    private static Mat3 smallestRotation(Vec3 from, Vec3 to) {
        Vec3 middle = from.plus(to);
        if (middle.norm() < 1e-9) { // opposite: half a turn about any perpendicular axis
            Vec3 other = Math.abs(from.x()) < 0.9 ? new Vec3(1, 0, 0) : new Vec3(0, 1, 0);
            Vec3 axis = from.cross(other);
            return halfTurn(axis.times(1 / axis.norm()));
        }
        return halfTurn(middle.times(1 / middle.norm())).times(halfTurn(from));
    }

    /** Returns the rotation by 180 degrees about a unit vector, {@code 2 a a^T - I}. */
    private static Mat3 halfTurn(Vec3 axis) {
        double[] matrix = {-1, 0, 0, 0, -1, 0, 0, 0, -1};
        Mat3.addOuter(matrix, axis, axis, 2);
        return Mat3.of(matrix, 0);
    }
}
