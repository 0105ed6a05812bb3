package da3.streaming.graph;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Poses of keyframes, scales of the windows that saw them, and measurements of both. {@link PoseGraphOptimizer} finds
 * the poses and scales that agree best with all measurements.
 *
 * <p>Poses are world-to-camera. A scale is the length of one unit of a window in units of the world; a window whose
 * unit is that of the world needs none. Poses and scales are numbered from 0 in the order in which they were added.
 *
 * <p>Measurements leave the choice of the world open. {@link Builder#build} therefore fixes the first pose unless a pose
 * is fixed or has a prior of its pose or position. It fixes the first scale unless a scale is fixed or has a prior, an
 * edge has no scale, or at least two poses are fixed or have a prior.
 *
 * <p>Source: Strasdat, Montiel and Davison, "Scale Drift-Aware Large Scale Monocular SLAM", 2010, which gives each pose
 * a scale; here the poses of a window share one.
 */
public final class PoseGraph {

    /** Edges that are accepted or rejected together. */
    record Loop(List<PoseEdge> edges, List<ScaleEdge> scaleEdges) {}

    final GraphState initial;
    final Set<Integer> fixedPoses;
    final Set<Integer> fixedScales;
    final List<PoseEdge> edges;
    final List<ScaleEdge> scaleEdges;
    final List<Loop> loops;
    final List<PosePriorFactor> posePriors;
    final List<PositionPriorFactor> positionPriors;
    final List<ScaleFactor> scalePriors;

    private PoseGraph(Builder b) {
        initial = new GraphState(
                b.poses.toArray(new Pose[0]),
                b.logScales.stream().mapToDouble(Double::doubleValue).toArray());
        fixedPoses = new TreeSet<>(b.fixedPoses);
        fixedScales = new TreeSet<>(b.fixedScales);
        edges = List.copyOf(b.edges);
        scaleEdges = List.copyOf(b.scaleEdges);
        loops = List.copyOf(b.loops);
        posePriors = List.copyOf(b.posePriors);
        positionPriors = List.copyOf(b.positionPriors);
        scalePriors = List.copyOf(b.scalePriors);
    }

    public static Builder builder() {
        return new Builder();
    }

    public int poseCount() {
        return initial.poseCount();
    }

    public int scaleCount() {
        return initial.scaleCount();
    }

    public int loopCount() {
        return loops.size();
    }

    /** Collects poses, scales and measurements. Methods that take numbers require that those were added before. */
    public static final class Builder {

        private final List<Pose> poses = new ArrayList<>();
        private final List<Double> logScales = new ArrayList<>();
        private final Set<Integer> fixedPoses = new TreeSet<>();
        private final Set<Integer> fixedScales = new TreeSet<>();
        private final List<PoseEdge> edges = new ArrayList<>();
        private final List<ScaleEdge> scaleEdges = new ArrayList<>();
        private final List<Loop> loops = new ArrayList<>();
        private final List<PosePriorFactor> posePriors = new ArrayList<>();
        private final List<PositionPriorFactor> positionPriors = new ArrayList<>();
        private final List<ScaleFactor> scalePriors = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a pose and returns its number.
         *
         * @param initial world-to-camera
         * @throws IllegalArgumentException if it is not rigid
         */
        public int addPose(Pose initial) {
            initial.requireRigid("pose " + poses.size());
            poses.add(Rigid.orthonormal(initial).inverse());
            return poses.size() - 1;
        }

        /**
         * Adds a scale and returns its number.
         *
         * @param initial units of the world in one unit of the window
         * @throws IllegalArgumentException if it is not positive
         */
        public int addScale(double initial) {
            logScales.add(Math.log(Check.positive("scale " + logScales.size(), initial)));
            return logScales.size() - 1;
        }

        /** Keeps a pose at its initial value. */
        public Builder fixPose(int pose) {
            fixedPoses.add(pose(pose));
            return this;
        }

        /** Keeps a scale at its initial value. */
        public Builder fixScale(int scale) {
            fixedScales.add(scale(scale));
            return this;
        }

        /** Adds an edge that is never rejected, for instance between consecutive keyframes. */
        public Builder addEdge(PoseEdge edge) {
            edges.add(known(edge));
            return this;
        }

        /** Adds an edge between scales that is never rejected, for instance between consecutive windows. */
        public Builder addScaleEdge(ScaleEdge edge) {
            scaleEdges.add(known(edge));
            return this;
        }

        /** Adds a loop of one edge and returns the number of the loop. */
        public int addLoop(PoseEdge edge) {
            return addLoop(List.of(edge), List.of());
        }

        /**
         * Adds a loop, whose edges are accepted or rejected together, and returns its number. If only this loop uses a
         * scale, {@link #addScaleEdge} must tie that to a window at one end; otherwise any error of the loop's
         * translation could become one of the scale.
         *
         * @throws IllegalArgumentException if it has no edges
         */
        public int addLoop(List<PoseEdge> poseEdges, List<ScaleEdge> scaleEdges) {
            Check.atLeast("number of edges of a loop", 1, poseEdges.size() + scaleEdges.size());
            loops.add(new Loop(
                    poseEdges.stream().map(this::known).toList(),
                    scaleEdges.stream().map(this::known).toList()));
            return loops.size() - 1;
        }

        /**
         * Adds a pose that is known from elsewhere, such as one of a survey.
         *
         * @param known world-to-camera
         * @param information certainty of the camera-to-world pose, so its noise is in the axes of the camera
         * @throws IllegalArgumentException if the pose is not rigid
         */
        public Builder addPosePrior(int pose, Pose known, PoseInformation information) {
            known.requireRigid("known pose " + pose);
            posePriors.add(
                    new PosePriorFactor(pose(pose), Rigid.orthonormal(known).inverse(), information));
            return this;
        }

        /**
         * Adds a known camera center, such as one of GPS.
         *
         * @param center world coordinates
         * @param covariance of the coordinates, symmetric and positive definite
         * @throws IllegalArgumentException if the center is not finite or the covariance not positive definite
         */
        public Builder addPositionPrior(int pose, Vec3 center, Mat3 covariance) {
            if (!center.isFinite()) {
                throw Check.invalid("known center of pose " + pose, "finite", center);
            }
            double determinant = covariance.determinant();
            Mat3 information = determinant > 0 ? covariance.inverse() : covariance;
            Whitening whitening = Whitening.of(information.toArray(), 3);
            if (!(determinant > 0) || whitening == null) {
                throw Check.invalid("covariance of the center of pose " + pose, "positive definite", covariance);
            }
            double weight = (information.m00() + information.m11() + information.m22()) / 3;
            positionPriors.add(new PositionPriorFactor(pose(pose), center, whitening, weight));
            return this;
        }

        /**
         * Adds a scale that is known from elsewhere, such as one of metric depth.
         *
         * @param value units of the world in one unit of the window
         * @param sigma standard deviation of the natural logarithm of the scale, about its relative error
         * @throws IllegalArgumentException if one is not positive
         */
        public Builder addScalePrior(int scale, double value, double sigma) {
            Check.positive("known scale " + scale, value);
            Check.positive("standard deviation of scale " + scale, sigma);
            scalePriors.add(new ScaleFactor(-1, scale(scale), Math.log(value), sigma));
            return this;
        }

        /**
         * Returns the graph.
         *
         * @throws IllegalArgumentException if it has no poses
         */
        public PoseGraph build() {
            Check.atLeast("number of poses", 1, poses.size());
            PoseGraph graph = new PoseGraph(this);
            Set<Integer> held = new TreeSet<>(fixedPoses);
            posePriors.forEach(prior -> held.add(prior.pose()));
            positionPriors.forEach(prior -> held.add(prior.pose()));
            if (held.isEmpty()) {
                graph.fixedPoses.add(0);
            }
            boolean scaleIsKnown = !fixedScales.isEmpty()
                    || !scalePriors.isEmpty()
                    || held.size() >= 2
                    || edges.stream().anyMatch(edge -> edge.scale().isEmpty());
            if (!scaleIsKnown && !logScales.isEmpty()) {
                graph.fixedScales.add(0);
            }
            return graph;
        }

        private PoseEdge known(PoseEdge edge) {
            pose(edge.from());
            pose(edge.to());
            edge.scale().ifPresent(this::scale);
            return edge;
        }

        private ScaleEdge known(ScaleEdge edge) {
            scale(edge.from());
            scale(edge.to());
            return edge;
        }

        private int pose(int number) {
            return Check.inRange("number of a pose", 0, poses.size() - 1, number);
        }

        private int scale(int number) {
            return Check.inRange("number of a scale", 0, logScales.size() - 1, number);
        }
    }
}
