package da3.streaming;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Sim3;
import da3.geometry.align.Umeyama;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.streaming.prior.PositionPriors.Placed;
import java.util.List;

/** The similarity from a map to the world frame of measured positions, as the start of an optimization. */
final class PriorAlignment {

    private PriorAlignment() {}

    /**
     * Aligns camera centers to measured positions. Positions on a line leave the rotation about it open; it is then the
     * smallest one.
     *
     * @param placed measured positions, at least one
     * @param centers camera centers of all frames in the map
     * @param metric whether the map is in the unit of the positions, so that its scale stays
     */
    static Sim3 of(List<Placed> placed, List<Vec3> centers, boolean metric) {
        List<Vec3> known =
                placed.stream().map(position -> position.prior().position()).toList();
        List<Vec3> own =
                placed.stream().map(position -> centers.get(position.frame())).toList();
        Sim3 fit;
        try {
            fit = Umeyama.alignPoints(known, own);
        } catch (DegenerateGeometryException e) {
            fit = alignLine(known, own);
        }
        double scale = metric ? 1 : fit.scale();
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
