package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.streaming.graph.PoseEdge;
import da3.streaming.graph.PoseGraph;
import da3.streaming.graph.PoseGraphOptimizer;
import da3.streaming.graph.PoseGraphOptions;
import da3.streaming.graph.PoseGraphResult;
import da3.streaming.graph.PoseInformation;
import da3.streaming.graph.ScaleEdge;
import da3.streaming.prior.Odometry;
import da3.streaming.prior.PositionPrior;
import da3.streaming.prior.PositionPriors;
import da3.streaming.prior.PositionPriors.Placed;
import da3.streaming.store.FrameInfo;
import da3.streaming.store.LoopInfo;
import da3.streaming.store.MapStore;
import da3.streaming.store.StoredFrame;
import da3.streaming.store.WindowInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cameras of all frames and scales of all windows in the map. Without loops, measured positions and odometry they follow
 * from the chain of windows; these correct them in a graph of poses and scales, which rejects loops that contradict the others.
 * Positions also determine the world frame, and the scale unless depth is metric. The geometry is derived from the
 * store and never stored.
 *
 * @param cameras cameras of all frames
 * @param scales scale of each window
 * @param acceptedLoops the loops that were used
 * @param positions the measured positions that were used
 * @param odometry the measured motions that were used
 */
record MapGeometry(
        List<Camera> cameras,
        List<Double> scales,
        List<LoopInfo> acceptedLoops,
        List<Placed> positions,
        List<Odometry.Placed> odometry) {

    /** Standard deviations of the motion between consecutive frames: relative to depth, and in radians. */
    private static final double STEP_TRANSLATION = 0.003;

    private static final double STEP_ROTATION = 0.002;

    /** Standard deviation of the logarithm of the ratio of scales of consecutive windows. */
    private static final double STEP_SCALE = 0.01;

    /** Standard deviations of the motion of a loop: relative to depth, and in radians. */
    private static final double LOOP_TRANSLATION = 0.02;

    private static final double LOOP_ROTATION = 0.02;

    private static final double LOOP_SCALE = 0.03;

    /**
     * Computes the geometry of a store.
     *
     * @throws IllegalArgumentException if frames have given poses, and positions or motions are measured
     */
    static MapGeometry of(MapStore store, WindowChain chain, StreamingOptions options) {
        RigNodes nodes = RigNodes.of(options.rig());
        List<LoopInfo> verified =
                store.loops().stream().filter(loop -> loop.motion().isPresent()).toList();
        List<Camera> cameras = store.frames().stream().map(chain::camera).toList();
        List<Double> scales = store.windows().stream()
                .map(window -> chain.toMap(window.number()).scale())
                .toList();
        boolean posed =
                store.frames().stream().anyMatch(frame -> frame.givenPose().isPresent());
        if (posed && (options.positions().isPresent() || options.odometry().isPresent())) {
            throw new IllegalArgumentException("measured positions and odometry cannot be combined with given poses");
        }
        List<Placed> positions =
                options.positions().map(p -> place(p, store.frames())).orElse(List.of());
        List<Odometry.Placed> odometry =
                options.odometry().map(o -> o.place(seconds(store.frames()))).orElse(List.of());
        if (posed || verified.isEmpty() && positions.isEmpty() && odometry.isEmpty()) {
            return new MapGeometry(cameras, scales, List.of(), List.of(), List.of());
        }
        Sim3 toWorld = positions.isEmpty()
                ? new Sim3(scale(odometry, cameras, store.windows()), Mat3.IDENTITY, Vec3.ZERO)
                : toWorld(positions, cameras, store.windows(), nodes);
        PoseGraph graph = graph(
                store,
                nodes,
                nodes.nodePoses(cameras.stream()
                        .map(camera -> toWorld.applyToPose(camera.pose()))
                        .toList()),
                scales.stream().map(scale -> scale * toWorld.scale()).toList(),
                verified,
                positions,
                odometry);
        PoseGraphResult result = new PoseGraphOptimizer(PoseGraphOptions.defaults()).optimize(graph);
        List<Camera> corrected = new ArrayList<>();
        for (int i = 0; i < cameras.size(); i++) {
            Pose pose = nodes.sensor(i).compose(result.poses().get(nodes.node(i)));
            corrected.add(new Camera(pose, cameras.get(i).intrinsics()));
        }
        List<LoopInfo> accepted = new ArrayList<>();
        for (int i = 0; i < verified.size(); i++) {
            if (result.accepts(i)) {
                accepted.add(verified.get(i));
            }
        }
        return new MapGeometry(corrected, result.scales(), accepted, positions, odometry);
    }

    private static List<Placed> place(PositionPriors priors, List<FrameInfo> frames) {
        return priors.place(
                seconds(frames), frames.stream().map(FrameInfo::name).toList());
    }

    private static double[] seconds(List<FrameInfo> frames) {
        return frames.stream().mapToDouble(FrameInfo::seconds).toArray();
    }

    /** Returns the length of the unit of the map in meters according to odometry; 1 without any motion. */
    private static double scale(List<Odometry.Placed> odometry, List<Camera> cameras, List<WindowInfo> windows) {
        double measured = 0;
        double own = 0;
        for (Odometry.Placed placed : odometry) {
            Vec3 from = cameras.get(placed.from()).pose().cameraCenter();
            Vec3 to = cameras.get(placed.to()).pose().cameraCenter();
            measured += placed.motion().motion().translation().norm();
            own += to.minus(from).norm();
        }
        boolean known = measured > 0 && own > 0 && windows.stream().noneMatch(WindowInfo::metric);
        return known ? measured / own : 1;
    }

    private static Sim3 toWorld(
            List<Placed> positions, List<Camera> cameras, List<WindowInfo> windows, RigNodes nodes) {
        List<Vec3> centers = new ArrayList<>();
        for (int i = 0; i < cameras.size(); i++) {
            centers.add(nodes.nodePose(i, cameras.get(i).pose()).cameraCenter());
        }
        return PriorAlignment.of(positions, centers, windows.stream().anyMatch(WindowInfo::metric));
    }

    private static PoseGraph graph(
            MapStore store,
            RigNodes nodes,
            List<Pose> poses,
            List<Double> scales,
            List<LoopInfo> loops,
            List<Placed> positions,
            List<Odometry.Placed> odometry) {
        PoseGraph.Builder graph = PoseGraph.builder();
        poses.forEach(graph::addPose);
        scales.forEach(graph::addScale);
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
        for (Placed position : positions) {
            PositionPrior prior = position.prior();
            graph.addPositionPrior(nodes.node(position.frame()), prior.position(), prior.covariance());
        }
        for (Odometry.Placed placed : odometry) {
            Odometry.Motion measured = placed.motion();
            PoseInformation information =
                    PoseInformation.ofSigmas(measured.translationSigma(), Math.toRadians(measured.rotationSigma()));
            graph.addEdge(PoseEdge.of(placed.from(), placed.to(), measured.motion(), information));
        }
        return graph.build();
    }

    /** Returns the length that errors of a window are relative to. */
    private static double unit(WindowInfo window) {
        return window.depth() > 0 ? window.depth() : 1;
    }

    /** Returns a stored frame as a view in the frame and unit of the map. */
    View view(int number, StoredFrame frame) {
        FrameInfo info = frame.info();
        return new View(
                frame.image(),
                frame.depth().scaled(scales.get(info.window())),
                Optional.of(frame.confidence()),
                Optional.of(cameras.get(number)));
    }
}
