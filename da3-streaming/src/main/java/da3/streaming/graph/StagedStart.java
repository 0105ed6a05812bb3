package da3.streaming.graph;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.align.NearestRotation;
import da3.geometry.align.Umeyama;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A start for the nonlinear search from three linear least squares problems: logarithms of scales, then rotations, then
 * camera centers. Where edges connect a pose to a fixed one, the start does not depend on its initial value.
 *
 * <p>Source: Carlone, Tron, Daniilidis and Dellaert, "Initialization Techniques for 3D SLAM", 2015, section III, with the
 * chordal relaxation of Martinec and Pajdla, 2007, for rotations.
 */
final class StagedStart {

    private final PoseGraph graph;
    private final GraphState initial;

    private StagedStart(PoseGraph graph) {
        this.graph = graph;
        initial = graph.initial;
    }

    /** Returns a start from everything but loops. */
    static GraphState of(PoseGraph graph) {
        return new StagedStart(graph).solve();
    }

    private GraphState solve() {
        double[] logScales = logScales();
        Mat3[] rotations = rotations();
        Optional<Sim3> alignment = alignment(centers(logScales, rotations, false));
        if (alignment.isPresent()) {
            Sim3 toWorld = alignment.get();
            for (int i = 0; i < logScales.length; i++) {
                logScales[i] += Math.log(toWorld.scale());
            }
            for (int i = 0; i < rotations.length; i++) {
                rotations[i] = toWorld.rotation().times(rotations[i]);
            }
        }
        Vec3[] centers = centers(logScales, rotations, true);
        Pose[] poses = new Pose[rotations.length];
        for (int i = 0; i < poses.length; i++) {
            poses[i] = graph.fixedPoses.contains(i) ? initial.pose(i) : new Pose(rotations[i], centers[i]);
        }
        return new GraphState(poses, logScales);
    }

    private double[] logScales() {
        double[][] values = new double[initial.scaleCount()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = new double[] {initial.logScale(i)};
        }
        RelativeLeastSquares system = new RelativeLeastSquares(1, values);
        graph.fixedScales.forEach(system::fix);
        for (ScaleFactor prior : graph.scalePriors) {
            system.observe(prior.to(), 1 / square(prior.sigma()), prior.logRatio());
        }
        for (ScaleEdge edge : graph.scaleEdges) {
            system.relate(edge.from(), edge.to(), 1 / square(edge.sigma()), Math.log(edge.ratio()));
        }
        edgesByPair().values().forEach(group -> {
            for (int k = 1; k < group.size(); k++) {
                compareLengths(group.get(k - 1), group.get(k), system);
            }
        });
        double[] logScales = new double[values.length];
        if (values.length > 0) {
            double[][] solution = system.solve();
            for (int i = 0; i < logScales.length; i++) {
                logScales[i] = solution[i][0];
            }
        }
        return logScales;
    }

    private Map<Long, List<PoseEdge>> edgesByPair() {
        Map<Long, List<PoseEdge>> groups = new TreeMap<>();
        for (PoseEdge edge : graph.edges) {
            long key = (long) Math.min(edge.from(), edge.to()) << 32 | Math.max(edge.from(), edge.to());
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(edge);
        }
        return groups;
    }

    /** Relates the scales of two edges between the same poses, whose lengths in the world are equal. */
    private static void compareLengths(PoseEdge a, PoseEdge b, RelativeLeastSquares system) {
        double lengthA = a.motion().translation().norm();
        double lengthB = b.motion().translation().norm();
        double precisionA = a.information().translationWeight() * square(lengthA);
        double precisionB = b.information().translationWeight() * square(lengthB);
        if (precisionA < 1 || precisionB < 1 || a.scale().equals(b.scale())) {
            return; // shorter than their standard deviation, or nothing to learn
        }
        double weight = 1 / (1 / precisionA + 1 / precisionB);
        double logRatio = Math.log(lengthA / lengthB);
        if (a.scale().isPresent() && b.scale().isPresent()) {
            system.relate(a.scale().getAsInt(), b.scale().getAsInt(), weight, logRatio);
        } else if (b.scale().isPresent()) {
            system.observe(b.scale().getAsInt(), weight, logRatio);
        } else {
            system.observe(a.scale().getAsInt(), weight, -logRatio);
        }
    }

    /** Returns camera-to-world rotations. Row k of all rotations is one unknown: {@code row(to) = row(from) motion}. */
    private Mat3[] rotations() {
        double[][] values = new double[initial.poseCount()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = initial.pose(i).rotation().toArray();
        }
        RelativeLeastSquares system = new RelativeLeastSquares(3, values);
        graph.fixedPoses.forEach(system::fix);
        for (PosePriorFactor prior : graph.posePriors) {
            double[] known = prior.known().rotation().toArray();
            system.observe(prior.pose(), prior.information().rotationWeight(), known);
        }
        for (PoseEdge edge : graph.edges) {
            Mat3 turn = edge.motion().rotation().transpose();
            system.relate(edge.from(), edge.to(), edge.information().rotationWeight(), turn);
        }
        double[][] relaxed = system.solve();
        Mat3[] rotations = new Mat3[relaxed.length];
        for (int i = 0; i < rotations.length; i++) {
            rotations[i] = NearestRotation.of(Mat3.of(relaxed[i], 0)).rotation();
        }
        return rotations;
    }

    /** Returns camera centers for given scales and rotations. */
    private Vec3[] centers(double[] logScales, Mat3[] rotations, boolean useKnownCenters) {
        double[][] values = new double[initial.poseCount()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = coordinates(initial.pose(i).translation());
        }
        RelativeLeastSquares system = new RelativeLeastSquares(1, values);
        if (useKnownCenters) {
            graph.fixedPoses.forEach(system::fix);
            for (PosePriorFactor prior : graph.posePriors) {
                double[] known = coordinates(prior.known().translation());
                system.observe(prior.pose(), prior.information().translationWeight(), known);
            }
            for (PositionPriorFactor prior : graph.positionPriors) {
                system.observe(prior.pose(), prior.weight(), coordinates(prior.known()));
            }
        }
        for (PoseEdge edge : graph.edges) {
            double scale =
                    edge.scale().isPresent() ? Math.exp(logScales[edge.scale().getAsInt()]) : 1;
            Vec3 shift =
                    rotations[edge.from()].times(edge.motion().translation()).times(scale);
            double weight = edge.information().translationWeight() / square(scale);
            system.relate(edge.from(), edge.to(), weight, coordinates(shift));
        }
        double[][] solution = system.solve();
        Vec3[] centers = new Vec3[solution.length];
        for (int i = 0; i < centers.length; i++) {
            centers[i] = new Vec3(solution[i][0], solution[i][1], solution[i][2]);
        }
        return centers;
    }

    /**
     * Returns the rotation and scale that bring estimated centers to known ones, as far as nothing else determines them.
     *
     * @param centers estimated without knowledge of any
     */
    private Optional<Sim3> alignment(Vec3[] centers) {
        boolean freeRotation = graph.fixedPoses.isEmpty() && graph.posePriors.isEmpty();
        boolean freeScale = graph.scaleCount() > 0
                && graph.fixedScales.isEmpty()
                && graph.scalePriors.isEmpty()
                && graph.edges.stream().noneMatch(edge -> edge.scale().isEmpty());
        if (!freeRotation && !freeScale) {
            return Optional.empty();
        }
        Map<Integer, Vec3> known = new TreeMap<>();
        graph.positionPriors.forEach(prior -> known.put(prior.pose(), prior.known()));
        graph.posePriors.forEach(prior -> known.put(prior.pose(), prior.known().translation()));
        graph.fixedPoses.forEach(i -> known.put(i, initial.pose(i).translation()));
        List<Vec3> estimated = known.keySet().stream().map(i -> centers[i]).toList();
        try {
            Sim3 fit = Umeyama.alignPoints(List.copyOf(known.values()), estimated);
            Mat3 rotation = freeRotation ? fit.rotation() : Mat3.IDENTITY;
            return Optional.of(new Sim3(freeScale ? fit.scale() : 1, rotation, Vec3.ZERO));
        } catch (DegenerateGeometryException e) {
            return Optional.empty(); // too few known centers, or all on a line
        }
    }

    private static double[] coordinates(Vec3 v) {
        return new double[] {v.x(), v.y(), v.z()};
    }

    private static double square(double x) {
        return x * x;
    }
}
