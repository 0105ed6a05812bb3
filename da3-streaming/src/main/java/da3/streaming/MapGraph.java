package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.streaming.graph.PoseEdge;
import da3.streaming.graph.PoseGraph;
import da3.streaming.graph.PoseInformation;
import da3.streaming.graph.ScaleEdge;
import da3.streaming.prior.Measurements;
import da3.streaming.prior.Odometry;
import da3.streaming.prior.PosePrior;
import da3.streaming.prior.PosePriors;
import da3.streaming.prior.PositionPrior;
import da3.streaming.prior.PositionPriors;
import da3.streaming.store.LoopInfo;
import da3.streaming.store.MapStore;
import da3.streaming.store.WindowInfo;
import java.util.List;

/** Builds the pose graph of a map from the motions in its windows, its loops and the measurements of other sensors. */
final class MapGraph {

    /** Standard deviations of the motion between consecutive frames: relative to depth, and in radians. */
    private static final double STEP_TRANSLATION = 0.003;

    private static final double STEP_ROTATION = 0.002;

    /** Standard deviation of the logarithm of the ratio of scales of consecutive windows. */
    private static final double STEP_SCALE = 0.01;

    /** Standard deviations of the motion of a loop: relative to depth, and in radians. */
    private static final double LOOP_TRANSLATION = 0.02;

    private static final double LOOP_ROTATION = 0.02;

    private static final double LOOP_SCALE = 0.03;

    private final MapStore store;
    private final RigNodes nodes;

    MapGraph(MapStore store, RigNodes nodes) {
        this.store = store;
        this.nodes = nodes;
    }

    /**
     * Returns the graph.
     *
     * @param poses initial poses of all nodes
     * @param scales initial scale of each window
     * @param loops verified loops
     */
    PoseGraph build(List<Pose> poses, List<Double> scales, List<LoopInfo> loops, Measurements.Placed measured) {
        PoseGraph.Builder graph = PoseGraph.builder();
        poses.forEach(graph::addPose);
        scales.forEach(graph::addScale);
        addWindows(graph);
        addLoops(graph, loops);
        addMeasurements(graph, measured);
        return graph.build();
    }

    private void addWindows(PoseGraph.Builder graph) {
        for (WindowInfo window : store.windows()) {
            int k = window.number();
            PoseInformation information = PoseInformation.ofSigmas(STEP_TRANSLATION * unit(window), STEP_ROTATION);
            List<Pose> ofWindow =
                    nodes.nodePoses(window.cameras().stream().map(Camera::pose).toList());
            for (int i = 1; i < ofWindow.size(); i++) {
                Pose motion = ofWindow.get(i - 1).compose(ofWindow.get(i).inverse());
                int to = nodes.node(window.firstFrame()) + i;
                graph.addEdge(PoseEdge.of(to - 1, to, motion, information).withScale(k));
            }
            if (window.metric()) {
                graph.fixScale(k);
            } else if (k > 0) {
                graph.addScaleEdge(new ScaleEdge(k - 1, k, window.toPrevious().scale(), STEP_SCALE));
            }
        }
    }

    private void addLoops(PoseGraph.Builder graph, List<LoopInfo> loops) {
        for (LoopInfo loop : loops) {
            int from = store.frames().get(loop.from()).window();
            int to = store.frames().get(loop.to()).window();
            double unit = unit(store.windows().get(from));
            PoseEdge edge = PoseEdge.of(
                            nodes.node(loop.from()),
                            nodes.node(loop.to()),
                            nodes.motion(loop.from(), loop.to(), loop.motion().orElseThrow()),
                            PoseInformation.ofSigmas(LOOP_TRANSLATION * unit, LOOP_ROTATION))
                    .withScale(from);
            boolean scaled = from != to && !store.windows().get(from).metric();
            graph.addLoop(
                    List.of(edge),
                    scaled ? List.of(new ScaleEdge(from, to, loop.scaleRatio(), LOOP_SCALE)) : List.of());
        }
    }

    private void addMeasurements(PoseGraph.Builder graph, Measurements.Placed measured) {
        if (measured.odometry().isEmpty() && !measured.determinesScale()) {
            graph.fixScale(0);
        }
        for (PositionPriors.Placed position : measured.positions()) {
            PositionPrior prior = position.prior();
            graph.addPositionPrior(nodes.node(position.frame()), prior.position(), prior.covariance());
        }
        for (PosePriors.Placed pose : measured.poses()) {
            PosePrior prior = pose.prior();
            graph.addPosePrior(
                    nodes.node(pose.frame()),
                    prior.pose(),
                    information(prior.translationSigma(), prior.rotationSigma()));
        }
        for (Odometry.Placed placed : measured.odometry()) {
            Odometry.Motion motion = placed.motion();
            PoseInformation information = information(motion.translationSigma(), motion.rotationSigma());
            graph.addEdge(PoseEdge.of(placed.from(), placed.to(), motion.motion(), information));
        }
    }

    /** Returns the information of standard deviations in meters and degrees. */
    private static PoseInformation information(double translationSigma, double rotationSigma) {
        return PoseInformation.ofSigmas(translationSigma, Math.toRadians(rotationSigma));
    }

    /** Returns the length that errors of a window are relative to. */
    private static double unit(WindowInfo window) {
        return window.depth() > 0 ? window.depth() : 1;
    }
}
