package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.streaming.graph.PoseGraph;
import da3.streaming.graph.PoseGraphOptimizer;
import da3.streaming.graph.PoseGraphOptions;
import da3.streaming.graph.PoseGraphResult;
import da3.streaming.prior.Measurements;
import da3.streaming.store.FrameInfo;
import da3.streaming.store.LoopInfo;
import da3.streaming.store.MapStore;
import da3.streaming.store.StoredFrame;
import da3.streaming.store.WindowInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cameras of all frames and scales of all windows in the map. Without loops and measurements they follow from the chain of
 * windows; these correct them in a graph of poses and scales, which rejects loops that contradict the others. Measured
 * positions and poses also determine the world frame, and the scale unless depth is metric. The geometry is derived from the
 * store and never stored.
 *
 * @param cameras cameras of all frames
 * @param scales scale of each window
 * @param acceptedLoops the loops that were used
 * @param measurements the measurements that were used
 */
record MapGeometry(
        List<Camera> cameras, List<Double> scales, List<LoopInfo> acceptedLoops, Measurements.Placed measurements) {

    /**
     * Computes the geometry of a store.
     *
     * @throws IllegalArgumentException if frames have given poses, and there are measurements
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
        if (posed) {
            options.measurements().requireNoneWithGivenPoses();
            return new MapGeometry(cameras, scales, List.of(), Measurements.Placed.NONE);
        }
        Measurements.Placed measured = options.measurements()
                .place(
                        store.frames().stream().mapToDouble(FrameInfo::seconds).toArray(),
                        store.frames().stream().map(FrameInfo::name).toList());
        if (verified.isEmpty() && measured.isEmpty()) {
            return new MapGeometry(cameras, scales, List.of(), measured);
        }
        boolean metric = store.windows().stream().anyMatch(WindowInfo::metric);
        Sim3 toWorld = PriorAlignment.of(measured, nodes.ofFrames(cameras), metric);
        PoseGraph graph = new MapGraph(store, nodes)
                .build(
                        nodes.nodePoses(cameras.stream()
                                .map(camera -> toWorld.applyToPose(camera.pose()))
                                .toList()),
                        scales.stream().map(scale -> scale * toWorld.scale()).toList(),
                        verified,
                        measured);
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
        return new MapGeometry(corrected, result.scales(), accepted, measured);
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
